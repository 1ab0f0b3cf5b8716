module example.com/spans

go 1.22

require go.opentelemetry.io/otel/trace v1.0.0
