-- A row or more in every table, as version 0.1.0 writes them; the databases beside this file hold them.
INSERT INTO settings (name, value) VALUES ('office', '某县医保局');
INSERT INTO audit (at, actor, action, subject, detail, hash)
  VALUES (100, 'w', 'update.log', '1', '5', '0000000000000000000000000000000000000000000000000000000000000001');
INSERT INTO idempotency (account, key, fingerprint, result, at) VALUES ('w', 'k', 'f', 1, 100);
INSERT INTO units (code, name, name_en, parent_id, sort) VALUES ('county', '全县', 'County', NULL, 1), ('east', '东镇', 'East', 1, 2);
INSERT INTO unit_parents (unit_id, parent_id, since, until) VALUES (2, 1, '', '2025-01-01');
INSERT INTO accounts (name, full_name, role, unit_id, password_hash, disabled, created_at)
  VALUES ('w', '王某', 'staff', 1, 'h', 0, 100);
INSERT INTO sessions (hash, account_id, csrf, created_at, seen_at) VALUES ('h', 1, 'c', 100, 100);
INSERT INTO tokens (hash, account_id, name, created_at) VALUES ('t', 1, 'script', 100);
INSERT INTO attempts (subject, failures, last_at) VALUES ('w', 1, 100);
INSERT INTO views (account_id, name, query, shared, saved_at) VALUES (1, '两年', 'a=1', 0, 100);
INSERT INTO displays (hash, name, unit_id, made_by, made_at, seen_at, ended_at) VALUES ('d', '会议室', 1, 'w', 100, 0, NULL);
INSERT INTO years (year, state, sample, opened_at, closed_at) VALUES (2025, 'closed', 0, 100, 200), (2026, 'open', 0, 100, NULL);
INSERT INTO public_years (year, indexed, set_by, set_at) VALUES (2025, 0, 'w', 300);
INSERT INTO areas (code, name, name_en, sort) VALUES ('A', '参保', 'Insured', 1);
INSERT INTO indicators (code, area_id, name, name_en, kind, measure, decimals, direction, category, definition, source, owner, partners,
    numerator_id, denominator_id, factor, part_of_id, sum_of, units_rule, starts, note, sort, archived_at) VALUES
  ('insured', 1, '参保人数', '', 'flow', '人', 0, 'up', '', '', '', '王某', '', NULL, NULL, 0, NULL, '', '', 1, '', 1, NULL),
  ('rate', 1, '参保率', '', 'ratio', '%', 2, 'up', '', '', '', '', '', 1, 1, 100, NULL, '', '', 1, '', 2, NULL);
INSERT INTO year_indicators (year, indicator_id, archived) VALUES (2026, 1, 0), (2026, 2, 0);
INSERT INTO owners (account_id, indicator_id) VALUES (1, 1);
INSERT INTO targets (year, indicator_id, unit_id, sign, amount, level, weight, document, issuer, dated, reason, curve, set_by, set_at)
  VALUES (2026, 1, 1, '>=', 100000000, '', 1000, '1号文', '', '2026-01-05', '', '', 'w', 100);
INSERT INTO rule_sets (year, body, set_by, set_at) VALUES (2026, '{}', 'w', 100);
INSERT INTO updates (indicator_id, unit_id, dated, amount, prec, wording, level, note, act, answers_id, reason, origin, author, logged_at, state) VALUES
  (1, 1, '2026-03-01', 5000000, 'exact', '5', '', 'n', 'log', NULL, '', 'form', 'w', 100, 'approved'),
  (1, 1, '2026-03-02', 6000000, 'about', '约6', '', '', 'correct', 1, 'r', 'api', 'w', 200, 'approved'),
  (1, 2, '2026-04-01', 7000000, 'exact', '7', '', '', 'log', NULL, '', 'import', 'w', 300, 'submitted');
INSERT INTO reviews (update_id, act, state, reason, done_by, done_at) VALUES (3, 'submit', 'submitted', '', 'w', 300);
INSERT INTO locks (year, month, act, reason, seen, done_by, done_at) VALUES (2026, 1, 'lock', '', 0, 'w', 100);
INSERT INTO rollups (unit_id, year, indicator_id, months) VALUES (1, 2026, 1, ';;6000000,1,,,1,6000000,02;;;;;;;;;;');
INSERT INTO evidence (update_id, year, indicator_id, unit_id, name, media_type, size, sha256, sensitive, added_by, added_at)
  VALUES (2, 2026, 1, 1, 'f.pdf', 'application/pdf', 1, '0000000000000000000000000000000000000000000000000000000000000002', 0, 'w', 300);
INSERT INTO imports (year, sha256, name, taken, refused, entries, author, at)
  VALUES (2026, '0000000000000000000000000000000000000000000000000000000000000003', 'f.xlsx', 1, 0, 1, 'w', 300);
INSERT INTO import_columns (shape, heading, role) VALUES ('s', '参保人数', 'insured');
INSERT INTO explanations (year, month, unit_id, indicator_id, reason, next_step, planned, set_by, set_at)
  VALUES (2026, 3, 1, 1, '原因', '下一步', '2026-06-30', 'w', 100);
INSERT INTO outlooks (year, month, indicator_id, possibility, causes, reason, remark, set_by, set_at)
  VALUES (2026, 3, 1, 'possible', '', '', '', 'w', 100);
INSERT INTO expectations (year, month, indicator_id, unit_id, amount, precision, wording, set_by, set_at)
  VALUES (2026, 3, 1, 1, 90000000, 'exact', '90', 'w', 100);
INSERT INTO questions (year, indicator_id, unit_id, as_of, light, amount, prec, wording, target, rate, text, asked_by, asked_at,
    answer, answered_by, answered_at)
  VALUES (2026, 1, 1, '2026-03-31', 'behind', 6000000, 'about', '约6', 100000000, 600, '为什么？', 'w', 100, '', '', NULL);
INSERT INTO scores (year, indicator_id, points, proposed, weight, reason, set_by, set_at) VALUES (2026, 1, 900, 60, 1000, 'r', 'w', 100);
INSERT INTO budget_lines (year, fund, nature, opening, initial, full_year, income, spent, closing, months)
  VALUES (2026, 'general', 'basic', 0, 100, 100, 100, 60, 40, '60,0,0,0,0,0,0,0,0,0,0,0');
INSERT INTO budget_revisions (year, fund, nature, initial, full_year, dated, document, reason, set_by, set_at)
  VALUES (2026, 'general', 'basic', 100, 100, '2026-01-05', '1号文', '', 'w', 100);
INSERT INTO budget_sources (year, source, amount) VALUES (2026, '财政拨款', 100);
INSERT INTO budget_others (year, name, amount, note) VALUES (2026, '结余', 1, '');
INSERT INTO projects (year, code, name, name_en, supervisor, implementer, fund, expected, achieved, set_by, set_at)
  VALUES (2026, 'P1', '项目', '', '局', '局', 'general', '', '', 'w', 100);
INSERT INTO project_money (project_id, source, initial, full_year, spent) VALUES (1, 'appropriation', NULL, 100, 60);
INSERT INTO project_indicators (project_id, indicator_id, weight, points, reason) VALUES (1, 1, 1000, NULL, '');
INSERT INTO staffing (year, kind, posts, people) VALUES (2026, 'administrative', 10, 9);
INSERT INTO official_costs (year, kind, last_year, initial, full_year, spent) VALUES (2026, 'reception', NULL, 5, 5, 1);
INSERT INTO report_texts (year, section, language, body) VALUES (2026, 'work', 'zh-CN', '正文');
INSERT INTO report_versions (year, section, language, body, author, at) VALUES (2026, 'work', 'zh-CN', '正文', 'w', 100);
INSERT INTO report_drafts (year, section, language, account_id, body, base, at) VALUES (2026, 'work', 'zh-CN', 1, '正文…', 1, 100);
INSERT INTO outlines (year, body, set_by, set_at) VALUES (2026, '{}', 'w', 100);
INSERT INTO report_checks (year, sha256, errors, warnings, note, author, at)
  VALUES (2025, '0000000000000000000000000000000000000000000000000000000000000004', 0, 1, '', 'w', 100);
INSERT INTO report_signings (year, number, sha256, as_of, body, errors, reason, author, at)
  VALUES (2025, 1, '0000000000000000000000000000000000000000000000000000000000000005', '2025-12-31', '{}', 0, '', 'w', 100);
INSERT INTO report_templates (year, form, name, content, set_by, set_at) VALUES (2026, '', 't.docx', CAST('PK' AS BLOB), 'w', 100);
INSERT INTO rekeyed (year, form, line, printed, ticked_by, ticked_at) VALUES (2026, 'self-evaluation', '1', '6', 'w', 100);
INSERT INTO notice_states (year, subject, state) VALUES (2026, 1, 'behind');
INSERT INTO notices (kind, year, subject, dated, light, month, amount, prec, wording, target, rate, at)
  VALUES ('red', 2026, 1, '2026-03-31', 'far_behind', 0, 6000000, 'about', '约6', 100000000, 600, 100);
INSERT INTO channels (kind, name, address, security, account, secret, sender, recipients, events, language, made_by, made_at, ended_at)
  VALUES ('json', 'hook', 'https://example.invalid/', '', '', 's', '', '', 'red', 'zh-CN', 'w', 100, NULL);
INSERT INTO outbox (notice_id, channel_id, state, tries, due_at, said) VALUES (1, 1, 'waiting', 0, 100, '');
