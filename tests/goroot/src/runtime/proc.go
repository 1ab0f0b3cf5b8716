// A folder with this file is taken for a Go installation.

package runtime
