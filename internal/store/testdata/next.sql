-- Rows of the tables and columns that came since the last release, for its successor: -save appends them to that
-- release's records.sql; then this file is emptied again.
UPDATE displays SET language = 'en';
INSERT INTO doubts (update_id, question) VALUES (1, '[]');
INSERT INTO check_marks (year, finding, code, said, reason, author, at)
  VALUES (2026, '0000000000000000000000000000000000000000000000000000000000000006', 'claim', '6', 'r', 'w', 100);
INSERT INTO adoptions (year, source, state, author, at, body, made) VALUES (2026, 'a.docx', 'draft', 'w', 100, '{}', '{}');
INSERT INTO covers (year, body, set_by, set_at) VALUES (2026, '{"contact":"办公室"}', 'w', 100);
INSERT INTO form_values (year, body, set_by, set_at) VALUES (2026, '{"amounts":{"purchase.last":10000000000},"texts":{}}', 'w', 100);
INSERT INTO report_notes (year, section, language, author, written, quote, body, file, added_by, added_at)
  VALUES (2026, 'work', 'zh-CN', 'w', '2026-03-31', '正文', '请核实', 'r.docx', 'w', 100);
INSERT INTO invitations (hash, account_id, made_by, made_at, ends_at)
  VALUES ('0000000000000000000000000000000000000000000000000000000000000007', 1, 'w', 100, 200);
UPDATE tokens SET scope = 'log', ends_on = '2026-12-31', unit_id = 1, used_at = 100, used_from = '192.0.2.1';
INSERT INTO second_factors (account_id, sealed, set_at, used_step) VALUES (1, 'sealed :x', 100, 3);
INSERT INTO recovery_codes (hash, account_id) VALUES ('0000000000000000000000000000000000000000000000000000000000000008', 1);
INSERT INTO old_passwords (account_id, hash, until) VALUES (1, 'x', 100);
UPDATE sessions SET need = 'code';
UPDATE evidence SET warning = 'macro';
UPDATE evidence SET erased_at = 100, erased_by = 'w', erased_why = 'r' WHERE id = 1;
INSERT INTO identities (account_id, issuer, subject, linked_at) VALUES (1, 'https://id.example', 's', 100);
UPDATE sessions SET federated = 1;
INSERT INTO audit_units (unit_id, audit_id) VALUES (1, 1);
INSERT INTO kept_forms (hash, body, kept_at) VALUES ('0000000000000000000000000000000000000000000000000000000000000009', 'note=x', 100);
INSERT INTO channels (kind, name, address, security, account, secret, sender, recipients, events, language, made_by, made_at)
  VALUES ('json', 'h', 'https://hook.example/x', '', '', '', '', '', 'audit_head', 'zh-CN', 'w', 100);
INSERT INTO audit_heads (channel_id, dated, entries, code, hash, at, state, tries, due_at, said)
  VALUES (1, '2026-03-31', 1, 'ABCD-EFGH-IJKL-MNOP-QRST', 'h', 100, 'sent', 1, 100, '');
INSERT INTO late_backups (channel_id, newest, state, tries, due_at, said) VALUES (1, 100, 'sent', 1, 100, '');
INSERT INTO audit (at, actor, action, subject, detail, hash, records, packed)
  VALUES (200, 'w', 'update.log', '2', '', '0000000000000000000000000000000000000000000', '', CAST('p!{"ID":2,"Note":"packed as it is"}' AS BLOB));
INSERT INTO evidence_chunks (sha256, n, content)
  VALUES ('000000000000000000000000000000000000000000000000000000000000000a', 0, CAST('x' AS BLOB));
INSERT INTO dictionaries (year, name, body, unit, set_by, set_at) VALUES (2026, '0123456789abcdef', '{}', 'a', 'w', 100);
INSERT INTO dictionary_map (office, code, name, indicator_id, set_by, set_at) VALUES ('0123456789abcdef', 'a', 'n', 1, 'w', 100);
INSERT INTO packages_made (year, number, first_month, last_month, sha256, content, made_by, made_at)
  VALUES (2026, 1, 1, 3, '000000000000000000000000000000000000000000000000000000000000000b', CAST('PK' AS BLOB), 'w', 100);
INSERT INTO packages_taken (unit_id, year, number, first_month, last_month, sha256, key, content, state, came_by, came_at, decided_by, decided_at)
  VALUES (2, 2026, 1, 1, 3, '000000000000000000000000000000000000000000000000000000000000000b', 'k', CAST('PK' AS BLOB), 'taken', 'w', 100, 'w', 200);
INSERT INTO package_entries (update_id, package_id) VALUES (1, 1);
INSERT INTO package_keys (unit_id, office, key, trusted_by, trusted_at) VALUES (2, '0123456789abcdef', 'k', 'w', 200);
INSERT INTO upward (address, token, set_by, set_at) VALUES ('https://above.example', 't', 'w', 100);
INSERT INTO package_sendings (package_id, state, tries, due_at, said) VALUES (1, 'waiting', 0, 100, '');
