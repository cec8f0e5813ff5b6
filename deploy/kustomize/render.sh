#!/usr/bin/env bash
# Writes scheduler.yaml anew (or the file named): the chart's objects for those who do without Helm. A test compares.
# The configuration is left out; kustomize makes it of config.yaml.
set -euo pipefail
cd "$(dirname "$0")"
helm=$(../../tests/helm.sh)
"$helm" template agent-stack-k8s ../helm/agent-stack-k8s --namespace buildkite --values values.yaml \
  --show-only templates/rbac.yaml --show-only templates/service.yaml \
  --show-only templates/networkpolicy.yaml --show-only templates/statefulset.yaml > "${1:-scheduler.yaml}"
