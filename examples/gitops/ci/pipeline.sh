#!/bin/sh
# What CI does for a change of the config: check it, make sure that the committed output is what it
# renders to, and write a comment for the review.
#
#   CONFIG    the config: a file or a folder         (default: edge)
#   RENDERED  the committed output                   (default: rendered)
#   BASE      the git revision to compare with       (default: none, no comment)
#   COMMENT   the file for the comment               (default: comment.md)
#   MAX_BYTES the most bytes of the comment          (default: 65000)
set -eu

config=${CONFIG:-edge}
rendered=${RENDERED:-rendered}
base=${BASE:-}
comment=${COMMENT:-comment.md}

# What CI is set to counts for this script alone: the flags below say everything.
unset GATEWRIGHT_FILE GATEWRIGHT_OUTPUT GATEWRIGHT_TEMPLATES GATEWRIGHT_FORMAT GATEWRIGHT_IGNORE
unset GATEWRIGHT_DRY_RUN GATEWRIGHT_FORCE GATEWRIGHT_MAP GATEWRIGHT_EXIT_CODE GATEWRIGHT_RECURSIVE

status=0
echo "== check"
gatewright check -f "$config" || status=$?
echo "== render --check"
if [ "$status" -eq 0 ]; then
  gatewright render -f "$config" -o "$rendered" --check || status=$?
fi
if [ -n "$base" ]; then
  echo "== diff"
  before=git:$base:./$rendered
  if ! git cat-file -e "$base:./$rendered" 2>/dev/null; then
    git rev-parse --quiet --verify "$base^{commit}" >/dev/null || {
      echo "there is no revision $base here; fetch it" >&2
      exit 2
    }
    # The base has no output yet, so that all of it is new.
    before=/dev/null
  fi
  # A comment is wanted of a change that is refused, too; differences are no failure.
  changed=0
  gatewright diff "$before" "manifests:$rendered" --exit-zero \
    --format markdown --max-bytes "${MAX_BYTES:-65000}" >"$comment" || changed=$?
  [ "$changed" -eq 0 ] || status=$changed
fi
exit "$status"
