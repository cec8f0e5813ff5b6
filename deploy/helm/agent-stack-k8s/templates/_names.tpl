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

{{/* The Secret with the agent token: given, else this release's. */}}
{{- define "scheduler.secret" -}}
{{- default (printf "%s-secrets" (include "scheduler.fullname" .)) .Values.agentStackSecret -}}
{{- end }}

{{/* Where the controller works; `config` may say otherwise, and then the Role does not follow (as in the original). */}}
{{- define "scheduler.tokenSecret" -}}
{{- get .Values.config "agent-token-secret" | default (include "scheduler.secret" .) -}}
{{- end }}

{{/*
What finds the scheduler's own pods. `app` alone would also find the pods of the original's Deployment, which are still
there for a moment when this chart takes its place.
*/}}
{{- define "scheduler.selector" -}}
app: {{ include "scheduler.fullname" . | quote }}
scheduler.buildkite.com/node: "true"
{{- end }}
