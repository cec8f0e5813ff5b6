{{/*
Admission policies belong to no namespace, so their names carry the release's: neither part has a dot, so two releases never
share one. The controller knows them by what follows.
*/}}
{{- define "scheduler.policyPrefix" -}}
{{ .Release.Namespace }}.{{ include "scheduler.statefulset" . }}
{{- end }}

{{/* Kubernetes serves them since 1.30. What they are bound to must stand in the values, else they would look elsewhere. */}}
{{- define "scheduler.admissionChecks" -}}
{{- if semverCompare "<1.30.0-0" .Capabilities.KubeVersion.Version -}}
{{- fail (printf "admission needs Kubernetes 1.30 or newer, and this is %s; switch admission.fence and admission.pods off" .Capabilities.KubeVersion.Version) -}}
{{- end -}}
{{- range .Values.controllerEnv -}}
{{- if has .name (list "NAMESPACE" "CLUSTER_NAMESPACE" "BUILDKITE_K8S_STACK_CONTROLLER_ID") -}}
{{- fail (printf "%s in controllerEnv hides from the admission policies what they are about; use jobs.namespace or config instead" .name) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Which requests: new Jobs where the controller makes its own, and only those that it sends itself. */}}
{{- define "scheduler.admittedJobs" -}}
failurePolicy: Fail
matchConstraints:
  namespaceSelector:
    matchLabels:
      kubernetes.io/metadata.name: {{ get .Values.config "namespace" | default (include "scheduler.jobsNamespace" .) | quote }}
  resourceRules:
    - apiGroups: ["batch"]
      apiVersions: ["v1"]
      operations: ["CREATE"]
      resources: ["jobs"]
      scope: Namespaced
matchConditions:
  - name: sent-by-the-scheduler
    expression: request.userInfo.username == 'system:serviceaccount:{{ .Release.Namespace }}:{{ include "scheduler.serviceAccount" . }}'
{{- end }}

{{/* The Lease whose transitions are the limiter's epochs: named after the controller's id as in ClusterWiring and LeaseNames. */}}
{{- define "scheduler.limiterLease" -}}
{{- $id := hasKey .Values.config "id" | ternary (get .Values.config "id") (include "scheduler.fullname" .) | toString -}}
{{- $readable := regexReplaceAll "[^a-z0-9-]" ($id | lower) "" | trunc 20 | trimAll "-" -}}
{{- if not $id -}}
agent-stack-k8s-limiter
{{- else -}}
agent-stack-k8s-{{ with $readable }}{{ . }}-{{ end }}{{ $id | sha256sum | trunc 8 }}-limiter
{{- end -}}
{{- end }}
