-- A data set of invented people on real divisions, the same in every run.
--
-- The temporary table `wanted` holds one row: how many mandates, homes, stations and groups, how
-- many times Sichuan, and the words that names are made of. Every choice is a hash of the row's
-- ordinal and of a word for what is chosen, so that no choice disturbs another.

SET synchronous_commit = off;
SET work_mem = '256MB';
SET maintenance_work_mem = '512MB';
SET max_parallel_workers_per_gather = 0;

-- A number from 0 up to but without 1.
CREATE FUNCTION pg_temp.chance(n bigint, what text) RETURNS double precision
LANGUAGE sql IMMUTABLE AS
$$ SELECT (hashint8extended(n, hashtextextended(what, 2025)) & 9007199254740991)
          / 9007199254740992.0::double precision $$;

CREATE FUNCTION pg_temp.pick(n bigint, what text, choices text[]) RETURNS text
LANGUAGE sql IMMUTABLE AS
$$ SELECT choices[1 + floor(pg_temp.chance(n, what) * cardinality(choices))::int] $$;

-- A UUIDv7: ids of one kind sort by their ordinal, as those of the hub sort by time.
CREATE FUNCTION pg_temp.uid(kind text, n bigint) RETURNS uuid
LANGUAGE sql IMMUTABLE AS
$$ SELECT overlay(overlay(lpad(to_hex(1735689600000 + n), 12, '0') || substr(md5(kind || n), 1, 20)
                  placing '7' from 13) placing '8' from 17)::uuid $$;

-- --- Congresses: the present term of each division that has one, with its share of everything ----

CREATE TEMPORARY TABLE province AS
SELECT code, path_id FROM (
    SELECT p.code, p.id AS path_id,
           sum(count(*)) OVER (ORDER BY p.code <> '510000', p.code) AS together,
           first_value(count(*)) OVER (ORDER BY p.code <> '510000', p.code) AS of_sichuan
    FROM division p
    JOIN division d ON d.path @> ARRAY[p.id] AND d.has_congress AND d.valid_to IS NULL
    WHERE p.level = 'PROVINCE' AND p.valid_to IS NULL
    GROUP BY p.code, p.id) AS counted, wanted
WHERE together <= of_sichuan * wanted.times * 1.01;

CREATE TEMPORARY TABLE seat AS
WITH owner AS (
    SELECT d.id AS division_id, d.code, d.name, d.level, d.path, p.code AS province_code,
           row_number() OVER (ORDER BY p.code <> '510000', d.code) AS ordinal
    FROM province p
    JOIN division d ON d.path @> ARRAY[p.path_id] AND d.has_congress AND d.valid_to IS NULL
    WHERE d.level IN ('PROVINCE', 'PREFECTURE', 'COUNTY', 'TOWNSHIP')
), weighed AS (
    SELECT owner.*, weight.people * (0.7 + 0.6 * pg_temp.chance(ordinal, 'size')) AS people,
           weight.homes, weight.stations, weight.groups
    FROM owner JOIN (VALUES
        ('PROVINCE', 880, 2, 4, 30), ('PREFECTURE', 400, 4, 10, 20),
        ('COUNTY', 240, 4, 14, 6), ('TOWNSHIP', 65, 1, 5, 1)
    ) AS weight (level, people, homes, stations, groups) USING (level)
), upto AS (
    SELECT weighed.*,
           floor(w.mandates * sum(weighed.people) OVER up / sum(weighed.people) OVER ())::int AS m,
           floor(w.homes * sum(weighed.homes) OVER up / sum(weighed.homes) OVER ())::int AS h,
           floor(w.stations * sum(weighed.stations) OVER up / sum(weighed.stations) OVER ())::int
               AS s,
           floor(w.groups * sum(weighed.groups) OVER up / sum(weighed.groups) OVER ())::int AS g
    FROM weighed, wanted w WINDOW up AS (ORDER BY ordinal)
)
-- Mandates of a congress are those from first_mandate to last_mandate; the others likewise.
SELECT ordinal, pg_temp.uid('congress', ordinal) AS congress_id, division_id, code, name, level,
       path, province_code,
       CASE level WHEN 'PROVINCE' THEN 14 WHEN 'PREFECTURE' THEN 8 WHEN 'COUNTY' THEN 19 ELSE 20
       END AS term,
       1 + coalesce(lag(m) OVER up, 0) AS first_mandate, m AS last_mandate,
       1 + coalesce(lag(h) OVER up, 0) AS first_home, h AS last_home,
       1 + coalesce(lag(s) OVER up, 0) AS first_station, s AS last_station,
       1 + coalesce(lag(g) OVER up, 0) AS first_group, g AS last_group
FROM upto WINDOW up AS (ORDER BY ordinal);
ALTER TABLE seat ADD PRIMARY KEY (ordinal);
CREATE INDEX ON seat (division_id);
ANALYZE seat;

INSERT INTO congress (id, division_id, level, term, name, start_date, end_date, seats)
SELECT congress_id, division_id, level, term, name || '第' || term || '届人民代表大会',
       DATE '2021-11-16' + (ordinal % 90)::int, NULL, 1 + last_mandate - first_mandate
FROM seat;

-- --- Mandates: some deputies of the upper levels are also deputies of a township below -----------

-- The mandates of the townships below a division: only they can be held beside one of its own.
CREATE TEMPORARY TABLE below AS
SELECT upper.ordinal, min(town.first_mandate) AS first, max(town.last_mandate) AS last
FROM seat upper
JOIN seat town ON town.level = 'TOWNSHIP' AND upper.division_id = ANY (town.path)
WHERE upper.level <> 'TOWNSHIP'
GROUP BY upper.ordinal;

-- `person` is the ordinal of the mandate that the person was first met with.
CREATE TEMPORARY TABLE mandate AS
WITH drawn AS (
    SELECT n, seat.ordinal AS seat, n - seat.first_mandate AS place,
           1 + seat.last_mandate - seat.first_mandate AS seats, below.first,
           1 + below.last - below.first AS choices
    FROM seat
    CROSS JOIN LATERAL generate_series(seat.first_mandate, seat.last_mandate) AS n
    LEFT JOIN below ON below.ordinal = seat.ordinal
)
SELECT n, seat, CASE WHEN choices >= seats AND pg_temp.chance(n, 'also below') < 0.3
                     THEN first + place * (choices / seats) ELSE n END AS person
FROM drawn;
-- Deputies of the township that sits between the first and the last of a division are not always
-- its own: take only those whose township lies in the division.
UPDATE mandate SET person = mandate.n
FROM seat upper, mandate other, seat town
WHERE mandate.person <> mandate.n AND upper.ordinal = mandate.seat AND other.n = mandate.person
  AND town.ordinal = other.seat
  AND NOT (town.level = 'TOWNSHIP' AND town.path @> ARRAY[upper.division_id]);
ALTER TABLE mandate ADD PRIMARY KEY (n);
ANALYZE mandate;

-- --- Systems: one for each county and above; a county's holds its townships too -------------------

INSERT INTO source_system (id, code, name, division_id, level, connector, status, last_run_id,
                           last_success_at)
SELECT pg_temp.uid('system', ordinal), 'deputies-' || code, name || '人大代表系统', division_id,
       level, 'SQL', 'OK', pg_temp.uid('run', ordinal), TIMESTAMPTZ '2025-03-01 08:00+08'
FROM seat WHERE level <> 'TOWNSHIP';

INSERT INTO run (id, system_id, kind, status, started_at, finished_at, read, stored, unchanged,
                 quarantined, deleted, withheld)
SELECT pg_temp.uid('run', ordinal), pg_temp.uid('system', ordinal), 'SYNC', 'SUCCEEDED',
       TIMESTAMPTZ '2025-03-01 07:59+08', TIMESTAMPTZ '2025-03-01 08:00+08', 1, 1, 0, 0, 0, 0
FROM seat WHERE level <> 'TOWNSHIP';

ALTER TABLE seat ADD COLUMN system bigint;
UPDATE seat SET system = coalesce(
    (SELECT s.ordinal FROM seat s WHERE s.level = 'COUNTY' AND s.division_id = ANY (seat.path)
     LIMIT 1),
    (SELECT s.ordinal FROM seat s WHERE s.level = 'PREFECTURE' AND s.division_id = ANY (seat.path)
     LIMIT 1),
    (SELECT s.ordinal FROM seat s WHERE s.level = 'PROVINCE' AND s.division_id = ANY (seat.path)));
ANALYZE seat;

-- --- People and their mandates --------------------------------------------------------------------

INSERT INTO person (id, division_id, name, gender, ethnicity, birth_month, native_place,
                    political_affiliation, education, employer, post, employer_and_post,
                    occupation, phone, main_record_id, other_winners)
SELECT pg_temp.uid('person', n), division_id,
       pg_temp.pick(n, 'surname', surnames)
           || pg_temp.pick(n, 'first', CASE WHEN is_woman THEN female ELSE male END)
           || CASE WHEN pg_temp.chance(n, 'length') < 0.78
                   THEN pg_temp.pick(n, 'second', CASE WHEN is_woman THEN female ELSE male END)
                   ELSE '' END,
       CASE WHEN is_woman THEN 'FEMALE' ELSE 'MALE' END,
       CASE WHEN pg_temp.chance(n, 'Han') < 0.93 THEN '汉族'
            ELSE pg_temp.pick(n, 'ethnicity', '{彝族,藏族,羌族,回族,土家族,苗族}') END,
       (1955 + floor(pg_temp.chance(n, 'year') * 45)::int) || '-'
           || lpad((1 + floor(pg_temp.chance(n, 'month') * 12)::int)::text, 2, '0'),
       place,
       pg_temp.pick(n, 'party', '{中共党员,中共党员,中共党员,群众,群众,民盟盟员,无党派人士}'),
       pg_temp.pick(n, 'education', '{大学本科,大学本科,大学专科,大学专科,高中,初中,硕士研究生}'),
       employer, post, employer || post, post,
       '1390' || lpad((n % 10000000)::text, 7, '0'),
       pg_temp.uid('record', n), NULL
FROM (
    SELECT mandate.n, seat.division_id, seat.name AS place, wanted.*,
           pg_temp.chance(mandate.n, 'gender') < 0.36 AS is_woman,
           seat.name || pg_temp.pick(mandate.n, 'employer',
               '{农业合作社,中心小学,卫生院,建筑有限公司,食品有限公司,人民政府,村民委员会}') AS employer,
           pg_temp.pick(mandate.n, 'post', '{主任,副主任,教师,医生,经理,职工,书记,会计}') AS post
    FROM mandate JOIN seat ON seat.ordinal = mandate.seat CROSS JOIN wanted
    WHERE mandate.person = mandate.n
) AS drawn
ORDER BY n;

INSERT INTO deputy (id, division_id, person_id, congress_id, level, term, status, status_reason,
                    entry_mode, delegation, electoral_unit, certificate_number, congress_post,
                    composition_type, is_reelected, can_receive_opinions, start_date, end_date,
                    main_record_id, other_winners)
SELECT pg_temp.uid('deputy', n), division_id, pg_temp.uid('person', person), congress_id, level,
       term, CASE WHEN has_left THEN 'TERMINATED' ELSE 'ACTIVE' END,
       CASE WHEN has_left THEN pg_temp.pick(n, 'reason', '{RESIGNED,MOVED_AWAY,DIED}') END,
       CASE WHEN n % 29 = 0 THEN 'BY_ELECTION' ELSE 'GENERAL_ELECTION' END,
       name || '第' || (1 + place / 12) || '代表团', name || '第' || (1 + place / 3) || '选区',
       term || '-' || lpad((1 + place)::text, 4, '0'),
       CASE WHEN place = 0 THEN CASE level WHEN 'TOWNSHIP' THEN 'PRESIDIUM_CHAIR' ELSE 'CHAIR' END
            WHEN place < 4 THEN
                CASE level WHEN 'TOWNSHIP' THEN 'PRESIDIUM_MEMBER' ELSE 'VICE_CHAIR' END END,
       pg_temp.pick(n, 'composition', '{农民,农民,工人,干部,专业技术人员}'),
       pg_temp.chance(n, 'again') < 0.4, pg_temp.chance(n, 'opinions') < 0.9,
       DATE '2021-11-16' + (ordinal % 90)::int + (n % 29 = 0)::int * 400,
       CASE WHEN has_left THEN DATE '2024-01-01' + (n % 300)::int END,
       pg_temp.uid('record', n), NULL
FROM (
    SELECT mandate.n, mandate.person, mandate.n - seat.first_mandate AS place, seat.*,
           pg_temp.chance(mandate.n, 'left') < 0.04 AS has_left
    FROM mandate JOIN seat ON seat.ordinal = mandate.seat
) AS drawn
ORDER BY n;

INSERT INTO source_record (id, system_id, kind, external_id, stream, fields, resolved, checksum,
                           division_id, entity_id, person_id, run_id, first_seen_at, last_seen_at)
SELECT pg_temp.uid('record', mandate.n), pg_temp.uid('system', seat.system), 'DEPUTY',
       mandate.n::text, 'deputies',
       jsonb_strip_nulls(jsonb_build_object(
           'name', person.name, 'gender', person.gender, 'ethnicity', person.ethnicity,
           'birth', person.birth_month, 'politicalAffiliation', person.political_affiliation,
           'education', person.education, 'employer', person.employer, 'post', person.post,
           'divisionCode', seat.code, 'term', seat.term, 'status', deputy.status,
           'delegation', deputy.delegation, 'electoralUnit', deputy.electoral_unit,
           'certificateNumber', deputy.certificate_number, 'startDate', deputy.start_date)),
       '{}', decode(md5(mandate.n::text), 'hex'), seat.division_id, deputy.id, person.id,
       pg_temp.uid('run', seat.system), TIMESTAMPTZ '2025-03-01 08:00+08',
       TIMESTAMPTZ '2025-03-01 08:00+08'
FROM mandate
JOIN seat ON seat.ordinal = mandate.seat
JOIN deputy ON deputy.id = pg_temp.uid('deputy', mandate.n)
JOIN person ON person.id = deputy.person_id
ORDER BY mandate.n;

-- --- Homes, stations, groups ----------------------------------------------------------------------

INSERT INTO home (id, division_id, located_in_id, name, local_name, kind, level, address, head,
                  opening_hours, area_sqm, rating, is_demonstration, status, established_on)
SELECT pg_temp.uid('home', n), division_id, division_id,
       name || '第' || (1 + n - first_home) || '人大代表之家', '家', 'HOME', level,
       name || '人民路' || (1 + n % 300) || '号', '站长' || n % 1000,
       '每月' || (1 + n % 28) || '日 9:00-11:30', 40 + n % 200, 1 + n % 5, n % 40 = 0, 'ACTIVE',
       DATE '2016-01-01' + (n % 3000)::int
FROM seat CROSS JOIN LATERAL generate_series(first_home, last_home) AS n
ORDER BY n;

INSERT INTO station (id, division_id, located_in_id, name, local_name, kind, level, address, head,
                     opening_hours, area_sqm, rating, is_demonstration, status, established_on,
                     home_id, is_off_site)
SELECT pg_temp.uid('station', n), division_id, division_id,
       name || '第' || (1 + n - first_station) || '代表联络站', '站', 'STATION', level,
       name || '建设路' || (1 + n % 300) || '号', '站长' || n % 1000,
       '每周' || pg_temp.pick(n, 'weekday', '{一,二,三,四,五}') || ' 14:30-17:00', 20 + n % 100,
       1 + n % 5, n % 40 = 0, 'ACTIVE', DATE '2016-01-01' + (n % 3000)::int,
       CASE WHEN last_home >= first_home
            THEN pg_temp.uid('home', first_home + (n - first_station) % (1 + last_home - first_home))
       END, false
FROM seat CROSS JOIN LATERAL generate_series(first_station, last_station) AS n
ORDER BY n;

INSERT INTO deputy_group (id, division_id, congress_id, name, level, kind, field, leader_id, contact)
SELECT pg_temp.uid('group', n), division_id, congress_id,
       name || '第' || (1 + n - first_group) || '代表小组', level,
       CASE WHEN n % 4 = 0 THEN 'PROFESSIONAL' ELSE 'TERRITORIAL' END,
       CASE WHEN n % 4 = 0 THEN pg_temp.pick(n, 'field', '{教育,医疗卫生,农业,法治,财经}') END,
       pg_temp.uid('deputy', first_mandate + (n - first_group) % (1 + last_mandate - first_mandate)),
       '联络员' || n % 1000
FROM seat CROSS JOIN LATERAL generate_series(first_group, last_group) AS n
ORDER BY n;

-- Every deputy belongs to a home, to one or two stations, and most to a group of the division.
INSERT INTO home_member (home_id, deputy_id, role, record_id)
SELECT pg_temp.uid('home', first_home + n % (1 + last_home - first_home)),
       pg_temp.uid('deputy', n), 'MEMBER', pg_temp.uid('record', n)
FROM mandate JOIN seat ON seat.ordinal = mandate.seat
WHERE last_home >= first_home;

INSERT INTO station_member (station_id, deputy_id, role, record_id)
SELECT pg_temp.uid('station', first_station + (n + more) % (1 + last_station - first_station)),
       pg_temp.uid('deputy', n), 'MEMBER', pg_temp.uid('record', n)
FROM mandate JOIN seat ON seat.ordinal = mandate.seat
CROSS JOIN generate_series(0, 1) AS more
WHERE last_station >= first_station + more AND (more = 0 OR n % 3 = 0);

INSERT INTO deputy_group_member (deputy_group_id, deputy_id, role, record_id)
SELECT pg_temp.uid('group', first_group + n % (1 + last_group - first_group)),
       pg_temp.uid('deputy', n), CASE WHEN n % 30 = 0 THEN 'LEADER' ELSE 'MEMBER' END,
       pg_temp.uid('record', n)
FROM mandate JOIN seat ON seat.ordinal = mandate.seat
WHERE last_group >= first_group;

DROP TABLE seat, mandate, below, province;
