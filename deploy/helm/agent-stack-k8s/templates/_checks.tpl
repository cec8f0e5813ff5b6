{{/*
What the controller would refuse at start and the schema cannot express: durations' ranges, and values that must fit together.
A test gives every case to both, chart and controller.
*/}}
{{- define "scheduler.checks" -}}
{{- $config := mergeOverwrite (include "scheduler.clusterConfig" . | fromYaml) (deepCopy .Values.config) -}}
{{- $variables := dict -}}
{{- range .Values.controllerEnv }}{{ $_ := set $variables .name true }}{{ end -}}
{{- include "scheduler.checkDurations" $config -}}
{{- include "scheduler.checkLeases" $config -}}
{{- include "scheduler.checkImageLimits" $config -}}

{{- if not (or (hasKey $config "id") (hasKey $variables "BUILDKITE_K8S_STACK_CONTROLLER_ID")) -}}
  {{- $id := include "scheduler.fullname" . -}}
  {{- if not (regexMatch "^[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$" $id) -}}
    {{- fail (printf "the full name %q cannot be the controller's id, which has letters, digits, '-' and '_' only; set config.id, or fullnameOverride" $id) -}}
  {{- end -}}
{{- end -}}

{{- $port := include "scheduler.managementPort" . -}}
{{- if and (ne $port "0") (eq $port (include "scheduler.metricsPort" .)) -}}
  {{- fail (printf "config.management-port and config.prometheus-port are both %s; set another port, or 0 for none" $port) -}}
{{- end -}}

{{- if and (eq (int .Values.replicas) 1) (or (get $config "cluster-seeds") (get $config "cluster-pod-selector")) (not (get $config "cluster-host")) (not (hasKey $variables "CLUSTER_HOST")) -}}
  {{- fail "config.cluster-host is required with config.cluster-seeds or config.cluster-pod-selector; take those out: the chart writes them where replicas is 2 or more" -}}
{{- end -}}

{{- $files := list -}}
{{- range list "cert" "key" "ca" }}{{ if get $config (printf "cluster-tls-%s-file" .) }}{{ $files = append $files . }}{{ end }}{{ end -}}
{{- if and $files (ne (len $files) 3) -}}
  {{- fail "config.cluster-tls-cert-file, config.cluster-tls-key-file and config.cluster-tls-ca-file need each other; set all three, or remoting.tls instead" -}}
{{- end -}}

{{- with get $config "default-resource-class-name" -}}
  {{- if not (hasKey (get $config "resource-classes" | default dict) .) -}}
    {{- fail (printf "config.default-resource-class-name %q is not in config.resource-classes; define the class, or remove the key" .) -}}
  {{- end -}}
{{- end -}}
{{- end }}

{{/* A duration in microseconds. */}}
{{- define "scheduler.micros" -}}
{{- $zero := toDate "2006-01-02" "2000-01-01" -}}
{{- sub (mustDateModify . $zero).UnixMicro $zero.UnixMicro -}}
{{- end }}

{{- define "scheduler.checkDurations" -}}
{{- $config := . -}}
{{- $longest := "576h" -}}
{{- $ranges := dict
    "job-ttl" (list "0s" "2147483647s")
    "empty-job-grace-period" (list "0s" $longest)
    "take-timeout" (list "100ms" $longest)
    "grant-lifetime" (list "3s" $longest)
    "reservation-grace" (list "1s" "1h")
    "lease-duration" (list "3s" "10m")
    "poll-interval" (list "" $longest)
    "http-timeout" (list "" $longest)
    "pod-pending-timeout" (list "" $longest)
    "image-pull-backoff-grace-period" (list "" $longest)
    "job-cancel-checker-poll-interval" (list "" $longest)
    "agent-config.container-start-timeout" (list "0s" $longest)
-}}
{{- range $key, $range := $ranges -}}
  {{- $holder := hasPrefix "agent-config." $key | ternary (get $config "agent-config" | default dict) $config -}}
  {{- $value := get $holder (trimPrefix "agent-config." $key) -}}
  {{- if kindIs "string" $value -}}{{- if $value -}}
    {{- $micros := include "scheduler.micros" $value | int64 -}}
    {{- $least := first $range -}}
    {{- if and $least (lt $micros (include "scheduler.micros" $least | int64)) -}}
      {{- fail (printf "config.%s must be at least %s, not %s" $key $least $value) -}}
    {{- end -}}
    {{- if gt $micros (last $range | include "scheduler.micros" | int64) -}}
      {{- fail (printf "config.%s must be at most %s, not %s" $key (last $range) $value) -}}
    {{- end -}}
  {{- end -}}{{- end -}}
{{- end -}}
{{- range list (list "take-timeout" "3s" "grant-lifetime" "10s") (list "grant-lifetime" "10s" "reservation-grace" "60s") -}}
  {{- $value := get $config (index . 0) | default (index . 1) -}}
  {{- $other := get $config (index . 2) | default (index . 3) -}}
  {{- if ge (include "scheduler.micros" $value | int64) (include "scheduler.micros" $other | int64) -}}
    {{- fail (printf "config.%s %s must be below config.%s %s" (index . 0) $value (index . 2) $other) -}}
  {{- end -}}
{{- end -}}
{{- end }}

{{/* Tokens are granted only while a lease surely holds: its duration less half a second, less one renewal. */}}
{{- define "scheduler.checkLeases" -}}
{{- $config := . -}}
{{- $duration := get $config "lease-duration" | default "8s" -}}
{{- range $key, $default := dict "lease-renew-interval" "1s" "lease-operation-timeout" "2s" -}}
  {{- $value := get $config $key | default $default -}}
  {{- $micros := include "scheduler.micros" $value | int64 -}}
  {{- if or (lt $micros 100000) (ge (mul 2 $micros) (include "scheduler.micros" $duration | int64)) -}}
    {{- fail (printf "config.%s must be at least 100ms and below half of config.lease-duration %s, not %s" $key $duration $value) -}}
  {{- end -}}
{{- end -}}
{{- $renewal := get $config "lease-renew-interval" | default "1s" -}}
{{- $hold := sub (sub (include "scheduler.micros" $duration) 500000) (include "scheduler.micros" $renewal) -}}
{{- if lt $hold 3000000 -}}
  {{- fail (printf "config.lease-duration %s leaves less than 3s between renewals; raise it or lower config.lease-renew-interval %s" $duration $renewal) -}}
{{- end -}}
{{- $take := get $config "take-timeout" | default "3s" -}}
{{- if ge (include "scheduler.micros" $take | int64) $hold -}}
  {{- fail (printf "config.take-timeout %s must be below the time for which the limiter's lease is sure to hold; lower it or raise config.lease-duration %s" $take $duration) -}}
{{- end -}}
{{- end }}

{{- define "scheduler.checkImageLimits" -}}
{{- if not (get . "skip-image-check-containers") -}}
{{- $config := . -}}
{{- range $resource, $request := dict "cpu" "100m" "memory" "64Mi" -}}
  {{- $key := printf "image-check-container-%s-limit" $resource -}}
  {{- with get $config $key -}}
    {{- if lt (include "scheduler.amount" . | float64) (include "scheduler.amount" $request | float64) -}}
      {{- fail (printf "config.%s %s is below the %s that the image checks request; raise it" $key . $request) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* A Kubernetes quantity as a plain number. */}}
{{- define "scheduler.amount" -}}
{{- $units := dict "n" 1e-9 "u" 1e-6 "m" 1e-3 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "P" 1e15 "E" 1e18
    "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 "Pi" 1125899906842624 "Ei" 1152921504606846976 -}}
{{- $unit := regexFind "([KMGTPE]i|[numkMGTPE])$" . -}}
{{- mulf (float64 (trimSuffix $unit .)) (get $units $unit | default 1 | float64) -}}
{{- end }}
