{{/*
<name> and <fullname> are what the original's chart makes of the same values: the full name is also the controller's id,
by which the Jobs in the cluster are found again.
*/}}
{{- define "scheduler.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end }}

{{- define "scheduler.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- $full := contains $name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name $name) -}}
{{- default $full .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- end }}

{{/*
Name of the StatefulSet: the full name, unless pods or their DNS names could not be called so. A StatefulSet's name and a
hash of ten must fit into a label of 63 characters, and a DNS label has no dots and starts with a letter.
*/}}
{{- define "scheduler.statefulset" -}}
{{- $full := include "scheduler.fullname" . -}}
{{- if and (le (len $full) 52) (regexMatch "^[a-z]([-a-z0-9]*[a-z0-9])?$" $full) -}}
{{- $full -}}
{{- else -}}
{{- printf "s-%s-%s" ($full | lower | replace "." "-" | trunc 40 | trimAll "-") (sha256sum $full | trunc 8) -}}
{{- end -}}
{{- end }}

{{- define "scheduler.service" -}}
{{ include "scheduler.statefulset" . }}-nodes
{{- end }}

{{- define "scheduler.serviceAccount" -}}
{{ include "scheduler.fullname" . }}-controller
{{- end }}

{{/*
Namespace of the Jobs, as far as the chart sees to it: there are the Role for them and the Secret with the agent token. A
namespace given by `config` alone is used by the controller, and nothing is made there (as in the original).
*/}}
{{- define "scheduler.jobsNamespace" -}}
{{- $configured := get .Values.config "namespace" -}}
{{- if and .Values.jobs.namespace $configured (ne $configured .Values.jobs.namespace) -}}
{{- fail (printf "jobs.namespace is %s and config.namespace is %s; keep jobs.namespace and take the other out" .Values.jobs.namespace $configured) -}}
{{- end -}}
{{- default .Release.Namespace .Values.jobs.namespace -}}
{{- end }}

{{/* The Secret with the agent token: given, else this release's. */}}
{{- define "scheduler.secret" -}}
{{- default (printf "%s-secrets" (include "scheduler.fullname" .)) .Values.agentStackSecret -}}
{{- end }}

{{/* The Secret that the controller reads; `config` may name another than the chart's. */}}
{{- define "scheduler.tokenSecret" -}}
{{- get .Values.config "agent-token-secret" | default (include "scheduler.secret" .) -}}
{{- end }}

{{/*
What finds the scheduler's own pods, and nothing else: every selector is this one. `app` alone would find pods of jobs, whose
authors may set it, and the pods of the original's Deployment, which are still there for a moment when this chart takes its
place. Keys under scheduler.buildkite.com are set by no step. StatefulSets cannot change their selector: neither can this.
*/}}
{{- define "scheduler.selector" -}}
app: {{ include "scheduler.fullname" . | quote }}
scheduler.buildkite.com/node: "true"
{{- end }}
