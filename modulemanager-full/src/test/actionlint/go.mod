// The release of actionlint that the slow tests read the workflow with.
module workflow

go 1.25.0

require github.com/rhysd/actionlint v1.7.12
