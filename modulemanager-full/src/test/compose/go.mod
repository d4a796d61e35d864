// The release of Compose that the slow tests are made with where Docker's client has none: the last one of version 2.
module compose

go 1.25.0

require github.com/docker/compose/v2 v2.40.3
