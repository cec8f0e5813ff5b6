{{/* Ports: the configuration's, else the controller's defaults. */}}
{{- define "scheduler.metricsPort" -}}
{{- get .Values.config "prometheus-port" | default 0 | int -}}
{{- end }}

{{- define "scheduler.remotingPort" -}}
{{- get .Values.config "cluster-port" | default 4053 | int -}}
{{- end }}

{{- define "scheduler.managementPort" -}}
{{- hasKey .Values.config "management-port" | ternary (get .Values.config "management-port") 8558 | int -}}
{{- end }}

{{/* Behind a pod's name and a dot this is the pod's own DNS name, without saying what the cluster's domain is. */}}
{{- define "scheduler.domain" -}}
{{ include "scheduler.service" . }}.{{ .Release.Namespace }}.svc
{{- end }}

{{/* Where the nodes keep their own authority. */}}
{{- define "scheduler.tlsSecret" -}}
{{- printf "%s-remoting-tls" (include "scheduler.fullname" .) -}}
{{- end }}

{{/* How nodes prove to each other who they are: own = by an authority they make, given = by a Secret, none. A single node has nobody to prove it to. */}}
{{- define "scheduler.tls" -}}
{{- if le (int .Values.replicas) 1 }}single{{ else if not .Values.remoting.tls.enabled }}none{{ else if .Values.remoting.tls.secretName }}given{{ else }}own{{ end -}}
{{- end }}

{{/* The part of config.yaml by which nodes find each other. A single node has nobody to find. */}}
{{- define "scheduler.clusterConfig" -}}
cluster-namespace: {{ .Release.Namespace | quote }}
{{- if gt (int .Values.replicas) 1 }}
{{- $seeds := list }}
{{- range $number := until (int .Values.replicas) }}
{{- $seeds = printf "%s-%d.%s:%s" (include "scheduler.statefulset" $) $number (include "scheduler.domain" $) (include "scheduler.remotingPort" $) | append $seeds }}
{{- end }}
cluster-seeds: {{ join "," $seeds | quote }}
cluster-pod-selector: {{ printf "app=%s,scheduler.buildkite.com/node=true" (include "scheduler.fullname" .) | quote }}
{{- end }}
{{- if .Values.management.tokenSecret }}
management-token-file: /etc/scheduler/management/token
{{- end }}
{{- if .Values.management.readTokenSecret }}
management-read-token-file: /etc/scheduler/management-read/token
{{- end }}
{{- $tls := include "scheduler.tls" . }}
{{- if eq $tls "none" }}
cluster-tls: none
{{- else if has $tls (list "own" "given") }}
cluster-tls-name: {{ .Values.remoting.tls.name | default (printf "*.%s" (include "scheduler.domain" .)) | quote }}
{{- if eq $tls "own" }}
cluster-tls-secret: {{ include "scheduler.tlsSecret" . | quote }}
{{- else }}
cluster-tls-cert-file: /etc/scheduler/tls/tls.crt
cluster-tls-key-file: /etc/scheduler/tls/tls.key
cluster-tls-ca-file: /etc/scheduler/tls/ca.crt
{{- end }}
{{- end }}
{{- end }}
