module example.com/app

go 1.22

require (
	cloud.google.com/go/storage v1.0.0
	github.com/360EntSecGroup-Skylar/excelize v1.0.0
	github.com/IBM/sarama v1.0.0
	github.com/aws/aws-sdk-go-v2/service/s3 v1.0.0
	github.com/cockroachdb/pebble v1.0.0
	github.com/dgraph-io/badger/v4 v4.0.0
	github.com/docker/docker v1.0.0
	github.com/fsnotify/fsnotify v1.0.0
	github.com/gomodule/redigo v1.0.0
	github.com/gorilla/websocket v1.0.0
	github.com/jackc/pgx/v5 v5.0.0
	github.com/jmoiron/sqlx v1.0.0
	github.com/klauspost/compress v1.0.0
	github.com/minio/minio-go/v7 v7.0.0
	github.com/onsi/gomega v1.0.0
	github.com/opentracing/opentracing-go v1.0.0
	github.com/redis/go-redis/v9 v9.0.0
	github.com/samber/lo v1.0.0
	github.com/segmentio/kafka-go v1.0.0
	github.com/spf13/afero v1.0.0
	github.com/stretchr/testify v1.0.0
	github.com/syndtr/goleveldb v1.0.0
	github.com/xuri/excelize/v2 v2.0.0
	go.etcd.io/bbolt v1.0.0
	go.mongodb.org/mongo-driver v1.0.0
	go.opencensus.io v1.0.0
	go.opentelemetry.io/otel/trace v1.0.0
	github.com/timshannon/bolthold v1.0.0
	google.golang.org/grpc v1.0.0
	gorm.io/gorm v1.0.0
)
