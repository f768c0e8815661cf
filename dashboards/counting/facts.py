"""What an entry of the log adds to the counters, as SQL: the fold and the recount share it.

An enrollment's moves hold its row locked until they commit, so that whoever sees a move sees all
its earlier ones: looking back is right however late an entry is folded. Every entry of a renewal
says that it is one: it is work for officers and machine, but neither a sign-up nor a step of one.
"""

from registration.states import MOVES, State

ACTIONS = ["enrollment.start", *(f"enrollment.{name}" for name in MOVES)]
DECISIONS = ("approve", "reject", "ask_retake")
# Eight bins for each doubling, so that a quantile is off by 4.5 % at most.
BINS = 8
SCORE_BINS = 20

BIN = f"floor({BINS} * ln(greatest(extract(epoch FROM %s)::float8, 0.125)) / ln(2.0))::int"

FACTS = f"""
fresh AS MATERIALIZED (
    SELECT at, subject_id, details, substr(action, 12) AS move
    FROM audit_entry WHERE action = ANY(%(actions)s) AND {{which}}
), known AS MATERIALIZED (
    SELECT fresh.*, (fresh.at AT TIME ZONE 'Asia/Bangkok') AS local,
           COALESCE(details->>'subject_office', '') AS office,
           COALESCE(details->>'previous', '') AS previous, before.at AS since,
           details ? 'renewal' AS renewal
    FROM fresh LEFT JOIN LATERAL (
        SELECT at FROM audit_entry AS earlier
        WHERE earlier.subject_id = fresh.subject_id AND earlier.at < fresh.at
          AND earlier.action = ANY(%(actions)s)
        ORDER BY earlier.at DESC LIMIT 1
    ) AS before ON true
), firsts AS (
    SELECT known.*, CASE WHEN move IN ('pass_checks', 'approve') THEN 'verified' ELSE move END
           AS reached
    FROM known
    WHERE move IN ('start', 'accept_terms', 'capture_card', 'confirm_data', 'submit_selfie',
                   'pass_checks', 'approve', 'set_password', 'activate', 'ask_retake')
      AND NOT renewal
      AND NOT EXISTS (
        SELECT 1 FROM audit_entry AS earlier
        WHERE earlier.subject_id = known.subject_id AND earlier.at < known.at
          AND earlier.action = ANY(CASE
              WHEN known.move IN ('pass_checks', 'approve')
              THEN ARRAY['enrollment.pass_checks', 'enrollment.approve']
              ELSE ARRAY['enrollment.' || known.move] END))
), facts (figure, office, at, label) AS (
    SELECT CASE WHEN renewal THEN 'renewals' ELSE 'signups' END, office, local,
           COALESCE(started.channel, '') FROM known
    LEFT JOIN LATERAL (
        SELECT earlier.details->>'channel' AS channel FROM audit_entry AS earlier
        WHERE earlier.subject_id = known.subject_id AND earlier.action = 'enrollment.start' LIMIT 1
    ) AS started ON true
    WHERE move = 'activate'
    UNION ALL SELECT 'hours', '', local, to_char(local, 'HH24') FROM known
    WHERE move = 'activate' AND NOT renewal
    UNION ALL SELECT 'moves', '', local, previous || '>' || move FROM known
    UNION ALL SELECT 'reached', '', local, reached FROM firsts
    UNION ALL SELECT 'steps', '', local, move || ':' || {BIN % "(at - since)"} FROM firsts
    WHERE since IS NOT NULL AND move <> 'ask_retake'
    UNION ALL SELECT 'checks', '', local, 'time:' || {BIN % "(at - since)"} FROM known
    WHERE previous = '{State.CHECKING}' AND since IS NOT NULL
    UNION ALL SELECT 'devices', '', local, details->>'device' FROM known
    WHERE move = 'start' AND details ? 'device' AND NOT renewal
    UNION ALL SELECT 'retakes', '', local, COALESCE(details->>'why', details->>'reason_code', '')
    FROM known WHERE move = 'ask_retake'
    UNION ALL SELECT 'review', office, local, move FROM known
    WHERE move IN ('send_to_review', 'send_back_to_review', 'take_back')
       OR previous = '{State.IN_REVIEW}'
    UNION ALL SELECT 'waits', office, local, ''|| {BIN % "(known.at - sent.at)"} FROM known
    JOIN LATERAL (
        SELECT at FROM audit_entry AS earlier
        WHERE earlier.subject_id = known.subject_id AND earlier.at < known.at
          AND earlier.action = ANY(ARRAY['enrollment.send_to_review',
              'enrollment.send_back_to_review'])
        ORDER BY earlier.at DESC LIMIT 1
    ) AS sent ON true
    WHERE previous = '{State.IN_REVIEW}' AND move IN ('approve', 'reject', 'ask_retake')
    UNION ALL SELECT 'parked', '', local, 'job' FROM known
    WHERE move = 'send_to_review' AND details->>'why' = 'job_parked'
    UNION ALL SELECT 'scores', '', local, finding.check_name || ':' ||
        least(greatest(floor({SCORE_BINS} * finding.score)::int, 0), {SCORE_BINS - 1})
    FROM known JOIN registration_finding AS finding
      ON finding.enrollment_id = known.subject_id::uuid
     AND finding.created_at > known.since AND finding.created_at <= known.at
    WHERE previous = '{State.CHECKING}' AND finding.score IS NOT NULL
      AND finding.check_name IN ('face_match', 'liveness')
), sums AS (
    SELECT figure, area, at::date AS day, label, count(*) AS count
    FROM facts CROSS JOIN LATERAL unnest(
        CASE WHEN office = '' THEN ARRAY[''] ELSE ARRAY['', left(office, 2), office] END
    ) AS area
    GROUP BY 1, 2, 3, 4
)
"""  # noqa: S608 - our own literals

PLACE = "(SELECT snapshot::pg_snapshot FROM dashboards_checkpoint WHERE id = 1)"
FLOOR = "(SELECT floor_entry FROM dashboards_checkpoint WHERE id = 1)"
VISIBLE = f"pg_visible_in_snapshot(transaction_id::text::xid8, {PLACE})"
SEEN = f"(id <= {FLOOR} OR {VISIBLE})"
NOT_COUNTED = f"""transaction_id >= pg_snapshot_xmin({PLACE})::text::bigint
    AND id > {FLOOR} AND NOT {VISIBLE}"""
