"""What PostgreSQL itself guarantees: entries are only added, no state without its entry, rates never overlap.

SQLite gets none of it: its triggers break `flush` and live-server tests; there the model's guard and the nightly
`verify_timeline` stand alone.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION kaitong_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('kaitong.purging', true) = 'on' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE ON onboarding_entry
    FOR EACH ROW EXECUTE FUNCTION kaitong_append_only();
CREATE TRIGGER anchor_append_only BEFORE UPDATE OR DELETE ON onboarding_anchor
    FOR EACH ROW EXECUTE FUNCTION kaitong_append_only();
CREATE TRIGGER anchorhead_append_only BEFORE UPDATE OR DELETE ON onboarding_anchorhead
    FOR EACH ROW EXECUTE FUNCTION kaitong_append_only();

CREATE FUNCTION kaitong_state_has_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE now_state text; newest text;
BEGIN
    SELECT state INTO now_state FROM onboarding_case WHERE id = NEW.id;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT target INTO newest FROM onboarding_entry WHERE case_id = NEW.id ORDER BY seq DESC LIMIT 1;
    IF newest IS DISTINCT FROM now_state THEN
        RAISE EXCEPTION 'case % is in state % but its newest entry says %', NEW.id, now_state, newest
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER case_state_has_entry AFTER INSERT OR UPDATE OF state ON onboarding_case
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION kaitong_state_has_entry();

ALTER TABLE onboarding_merchantrate ADD CONSTRAINT rates_never_overlap EXCLUDE USING gist (
    int8range(merchant_id, merchant_id, '[]') WITH &&, daterange(valid_from, valid_to) WITH &&);
"""

BACKWARD = """
ALTER TABLE onboarding_merchantrate DROP CONSTRAINT rates_never_overlap;
DROP TRIGGER case_state_has_entry ON onboarding_case;
DROP FUNCTION kaitong_state_has_entry();
DROP TRIGGER entry_append_only ON onboarding_entry;
DROP TRIGGER anchor_append_only ON onboarding_anchor;
DROP TRIGGER anchorhead_append_only ON onboarding_anchorhead;
DROP FUNCTION kaitong_append_only();
"""


def on_postgresql(statements):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(statements, params=None)

    return run


class Migration(migrations.Migration):
    dependencies = [("onboarding", "0002_groups")]
    operations = [migrations.RunPython(on_postgresql(FORWARD), on_postgresql(BACKWARD))]
