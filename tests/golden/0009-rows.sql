CREATE TABLE attachment (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	title TEXT NOT NULL, 
	dated_on DATE, 
	pages INTEGER NOT NULL, 
	size INTEGER NOT NULL, 
	pdf BLOB NOT NULL, 
	sha256 TEXT NOT NULL, 
	added_at TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_attachment PRIMARY KEY (id)
);
CREATE TABLE audit_campaign (
	id INTEGER NOT NULL, 
	school_year INTEGER NOT NULL, 
	started_at TEXT NOT NULL, 
	closed_on DATE, 
	place TEXT DEFAULT '' NOT NULL, 
	frame TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_audit_campaign PRIMARY KEY (id), 
	CONSTRAINT uq_audit_campaign_school_year UNIQUE (school_year)
);
CREATE TABLE borrower (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	last_name TEXT NOT NULL, 
	usual_name TEXT DEFAULT '' NOT NULL, 
	first_name TEXT NOT NULL, 
	search TEXT NOT NULL, 
	sort_key TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	deleted_at TEXT, 
	erased_at TEXT, 
	born_on DATE, 
	ine TEXT DEFAULT '' NOT NULL, 
	school_class TEXT DEFAULT '' NOT NULL, 
	left_on DATE, 
	duty TEXT DEFAULT '' NOT NULL, 
	email TEXT DEFAULT '' NOT NULL, 
	phone TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_borrower PRIMARY KEY (id)
);
CREATE TABLE calendar_correction (
	id INTEGER NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	first_day DATE NOT NULL, 
	last_day DATE NOT NULL, 
	is_open BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_calendar_correction PRIMARY KEY (id)
);
CREATE TABLE crisis (
	id INTEGER NOT NULL, 
	scenario TEXT NOT NULL, 
	started_at TEXT NOT NULL, 
	ended_at TEXT, 
	CONSTRAINT pk_crisis PRIMARY KEY (id)
);
CREATE TABLE crisis_contact (
	id INTEGER NOT NULL, 
	role TEXT NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	deputy TEXT DEFAULT '' NOT NULL, 
	phone TEXT DEFAULT '' NOT NULL, 
	deputy_phone TEXT DEFAULT '' NOT NULL, 
	called_by TEXT DEFAULT '' NOT NULL, 
	checked_on DATE, 
	deleted_at TEXT, 
	CONSTRAINT pk_crisis_contact PRIMARY KEY (id)
);
CREATE TABLE guardian (
	id INTEGER NOT NULL, 
	title TEXT DEFAULT '' NOT NULL, 
	last_name TEXT DEFAULT '' NOT NULL, 
	first_name TEXT DEFAULT '' NOT NULL, 
	email TEXT DEFAULT '' NOT NULL, 
	phone TEXT DEFAULT '' NOT NULL, 
	address TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_guardian PRIMARY KEY (id)
);
CREATE TABLE journal (
	id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	who TEXT NOT NULL, 
	what TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	details TEXT, 
	salt TEXT, 
	details_digest TEXT NOT NULL, 
	previous TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT pk_journal PRIMARY KEY (id)
);
CREATE INDEX ix_journal_subject ON journal (subject);
CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_meta PRIMARY KEY ("key")
);
CREATE TABLE own_scenario (
	id INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	summary TEXT DEFAULT '' NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_own_scenario PRIMARY KEY (id)
);
CREATE TABLE plan_class (
	id INTEGER NOT NULL, 
	school_class TEXT DEFAULT '' NOT NULL, 
	name TEXT NOT NULL, 
	teacher TEXT DEFAULT '' NOT NULL, 
	tool TEXT DEFAULT '' NOT NULL, 
	tool_status TEXT DEFAULT 'not_assessed' NOT NULL, 
	rhythm TEXT DEFAULT '' NOT NULL, 
	rota TEXT DEFAULT '' NOT NULL, 
	pupils INTEGER, 
	without_device INTEGER, 
	without_connection INTEGER, 
	packs INTEGER, 
	deleted_at TEXT, 
	CONSTRAINT pk_plan_class PRIMARY KEY (id)
);
CREATE TABLE plan_scenario (
	scenario TEXT NOT NULL, 
	chosen BOOLEAN DEFAULT 0 NOT NULL, 
	stock BOOLEAN, 
	network BOOLEAN, 
	CONSTRAINT pk_plan_scenario PRIMARY KEY (scenario)
);
CREATE TABLE plan_scenario_text (
	scenario TEXT NOT NULL, 
	field TEXT NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_plan_scenario_text PRIMARY KEY (scenario, field)
);
CREATE TABLE plan_section (
	section TEXT NOT NULL, 
	text TEXT DEFAULT '' NOT NULL, 
	done BOOLEAN DEFAULT 0 NOT NULL, 
	looked_at DATE, 
	CONSTRAINT pk_plan_section PRIMARY KEY (section)
);
CREATE TABLE plan_version (
	number INTEGER NOT NULL, 
	adopted_on DATE NOT NULL, 
	body TEXT NOT NULL, 
	participants TEXT DEFAULT '' NOT NULL, 
	recorded_at TEXT NOT NULL, 
	snapshot TEXT NOT NULL, 
	pdf BLOB NOT NULL, 
	sha256 TEXT NOT NULL, 
	CONSTRAINT pk_plan_version PRIMARY KEY (number)
);
CREATE TABLE retention_limit (
	id TEXT NOT NULL, 
	years INTEGER NOT NULL, 
	CONSTRAINT pk_retention_limit PRIMARY KEY (id)
);
CREATE TABLE risk_line (
	id INTEGER NOT NULL, 
	risk TEXT DEFAULT '' NOT NULL, 
	title TEXT NOT NULL, 
	family TEXT DEFAULT '' NOT NULL, 
	work_units TEXT DEFAULT '' NOT NULL, 
	situations TEXT DEFAULT '' NOT NULL, 
	in_place TEXT DEFAULT '' NOT NULL, 
	to_take TEXT DEFAULT '' NOT NULL, 
	severity INTEGER, 
	likelihood INTEGER, 
	control INTEGER, 
	deleted_at TEXT, 
	CONSTRAINT pk_risk_line PRIMARY KEY (id)
);
CREATE TABLE audit_answer (
	campaign_id INTEGER NOT NULL, 
	criterion TEXT NOT NULL, 
	level TEXT DEFAULT '' NOT NULL, 
	version TEXT NOT NULL, 
	standing TEXT NOT NULL, 
	value TEXT DEFAULT '' NOT NULL, 
	reason TEXT DEFAULT '' NOT NULL, 
	note TEXT DEFAULT '' NOT NULL, 
	origin TEXT DEFAULT '' NOT NULL, 
	answered_at TEXT NOT NULL, 
	CONSTRAINT pk_audit_answer PRIMARY KEY (campaign_id, criterion, level), 
	CONSTRAINT fk_audit_answer_campaign_id_audit_campaign FOREIGN KEY(campaign_id) REFERENCES audit_campaign (id)
);
CREATE TABLE audit_evidence (
	id INTEGER NOT NULL, 
	campaign_id INTEGER NOT NULL, 
	criterion TEXT NOT NULL, 
	level TEXT DEFAULT '' NOT NULL, 
	name TEXT NOT NULL, 
	size INTEGER NOT NULL, 
	content BLOB NOT NULL, 
	added_at TEXT NOT NULL, 
	CONSTRAINT pk_audit_evidence PRIMARY KEY (id), 
	CONSTRAINT fk_audit_evidence_campaign_id_audit_campaign FOREIGN KEY(campaign_id) REFERENCES audit_campaign (id)
);
CREATE INDEX ix_audit_evidence_campaign_id ON audit_evidence (campaign_id);
CREATE TABLE crisis_entry (
	id INTEGER NOT NULL, 
	crisis_id INTEGER NOT NULL, 
	field TEXT NOT NULL, 
	text TEXT NOT NULL, 
	at TEXT NOT NULL, 
	undone_at TEXT, 
	CONSTRAINT pk_crisis_entry PRIMARY KEY (id), 
	CONSTRAINT fk_crisis_entry_crisis_id_crisis FOREIGN KEY(crisis_id) REFERENCES crisis (id)
);
CREATE INDEX ix_crisis_entry_crisis_id ON crisis_entry (crisis_id);
CREATE TABLE device (
	id INTEGER NOT NULL, 
	asset_number TEXT NOT NULL, 
	asset_key TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	brand TEXT DEFAULT '' NOT NULL, 
	model TEXT DEFAULT '' NOT NULL, 
	serial_number TEXT DEFAULT '' NOT NULL, 
	owner TEXT DEFAULT '' NOT NULL, 
	owner_kind TEXT, 
	funding TEXT DEFAULT '' NOT NULL, 
	acquired_on DATE, 
	acquired_by TEXT, 
	refurbished BOOLEAN DEFAULT 0 NOT NULL, 
	warranty_until DATE, 
	maintained_by TEXT DEFAULT '' NOT NULL, 
	condition TEXT NOT NULL, 
	state TEXT NOT NULL, 
	reserved_for INTEGER, 
	reserved_note TEXT DEFAULT '' NOT NULL, 
	retired_as TEXT, 
	retired_on DATE, 
	place TEXT DEFAULT '' NOT NULL, 
	notes TEXT DEFAULT '' NOT NULL, 
	search TEXT NOT NULL, 
	sort_key TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	deleted_at TEXT, data_until DATE, value_cents INTEGER, 
	CONSTRAINT pk_device PRIMARY KEY (id), 
	CONSTRAINT fk_device_reserved_for_borrower FOREIGN KEY(reserved_for) REFERENCES borrower (id)
);
CREATE INDEX ix_device_reserved_for ON device (reserved_for);
CREATE UNIQUE INDEX uq_device_asset_key ON device (asset_key) WHERE asset_key <> '' AND deleted_at IS NULL;
CREATE TABLE drill_answer (
	drill_id INTEGER NOT NULL, 
	question TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	CONSTRAINT pk_drill_answer PRIMARY KEY (drill_id, question), 
	CONSTRAINT fk_drill_answer_drill_id_drill FOREIGN KEY(drill_id) REFERENCES drill (id)
);
CREATE TABLE drill_lesson (
	id INTEGER NOT NULL, 
	drill_id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	action_id INTEGER NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_drill_lesson PRIMARY KEY (id), 
	CONSTRAINT fk_drill_lesson_action_id_action FOREIGN KEY(action_id) REFERENCES action (id), 
	CONSTRAINT fk_drill_lesson_drill_id_drill FOREIGN KEY(drill_id) REFERENCES drill (id)
);
CREATE INDEX ix_drill_lesson_drill_id ON drill_lesson (drill_id);
CREATE TABLE drill_participants (
	drill_id INTEGER NOT NULL, 
	function TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	people TEXT NOT NULL, 
	CONSTRAINT pk_drill_participants PRIMARY KEY (drill_id, function), 
	CONSTRAINT fk_drill_participants_drill_id_drill FOREIGN KEY(drill_id) REFERENCES drill (id)
);
CREATE TABLE drill_preparation (
	drill_id INTEGER NOT NULL, 
	item TEXT NOT NULL, 
	CONSTRAINT pk_drill_preparation PRIMARY KEY (drill_id, item), 
	CONSTRAINT fk_drill_preparation_drill_id_drill FOREIGN KEY(drill_id) REFERENCES drill (id)
);
CREATE TABLE drill_result (
	drill_id INTEGER NOT NULL, 
	measure TEXT NOT NULL, 
	value DOUBLE NOT NULL, 
	CONSTRAINT pk_drill_result PRIMARY KEY (drill_id, measure), 
	CONSTRAINT fk_drill_result_drill_id_drill FOREIGN KEY(drill_id) REFERENCES drill (id)
);
CREATE TABLE plan_submission (
	id INTEGER NOT NULL, 
	submitted_on DATE NOT NULL, 
	body TEXT NOT NULL, 
	recorded_at TEXT NOT NULL, 
	snapshot TEXT NOT NULL, 
	adopted_as INTEGER, 
	withdrawn_at TEXT, 
	CONSTRAINT pk_plan_submission PRIMARY KEY (id), 
	CONSTRAINT fk_plan_submission_adopted_as_plan_version FOREIGN KEY(adopted_as) REFERENCES plan_version (number)
);
CREATE TABLE pupil_guardian (
	pupil_id INTEGER NOT NULL, 
	guardian_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT pk_pupil_guardian PRIMARY KEY (pupil_id, guardian_id), 
	CONSTRAINT fk_pupil_guardian_guardian_id_guardian FOREIGN KEY(guardian_id) REFERENCES guardian (id), 
	CONSTRAINT fk_pupil_guardian_pupil_id_borrower FOREIGN KEY(pupil_id) REFERENCES borrower (id)
);
CREATE INDEX ix_pupil_guardian_guardian_id ON pupil_guardian (guardian_id);
CREATE TABLE pupil_need (
	pupil_id INTEGER NOT NULL, 
	noted_on DATE NOT NULL, 
	answers TEXT DEFAULT '' NOT NULL, 
	decided INTEGER, 
	reason TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_pupil_need PRIMARY KEY (pupil_id), 
	CONSTRAINT fk_pupil_need_pupil_id_borrower FOREIGN KEY(pupil_id) REFERENCES borrower (id)
);
CREATE TABLE school_level (
	school_id INTEGER NOT NULL, 
	level TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	classes INTEGER, 
	pupils INTEGER, 
	CONSTRAINT pk_school_level PRIMARY KEY (school_id, level), 
	CONSTRAINT fk_school_level_school_id_school FOREIGN KEY(school_id) REFERENCES school (id)
);
CREATE TABLE signed_paper (
	id INTEGER NOT NULL, 
	borrower_id INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	title TEXT NOT NULL, 
	signed_on DATE NOT NULL, 
	signed_by TEXT NOT NULL, 
	pdf BLOB NOT NULL, 
	digest TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	withdrawn_on DATE, 
	CONSTRAINT pk_signed_paper PRIMARY KEY (id), 
	CONSTRAINT fk_signed_paper_borrower_id_borrower FOREIGN KEY(borrower_id) REFERENCES borrower (id)
);
CREATE INDEX ix_signed_paper_borrower_id ON signed_paper (borrower_id);
CREATE INDEX ix_signed_paper_digest ON signed_paper (digest);
CREATE TABLE device_accessory (
	id INTEGER NOT NULL, 
	device_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	present BOOLEAN DEFAULT 1 NOT NULL, 
	CONSTRAINT pk_device_accessory PRIMARY KEY (id), 
	CONSTRAINT fk_device_accessory_device_id_device FOREIGN KEY(device_id) REFERENCES device (id)
);
CREATE INDEX ix_device_accessory_device_id ON device_accessory (device_id);
CREATE TABLE loan (
	id INTEGER NOT NULL, 
	device_id INTEGER NOT NULL, 
	borrower_id INTEGER NOT NULL, 
	school_class TEXT DEFAULT '' NOT NULL, 
	lent_on DATE NOT NULL, 
	due_on DATE NOT NULL, 
	ended_on DATE, 
	state TEXT NOT NULL, 
	condition_out TEXT NOT NULL, 
	condition_in TEXT, 
	note_out TEXT DEFAULT '' NOT NULL, 
	note_in TEXT DEFAULT '' NOT NULL, 
	replaces_id INTEGER, 
	wiped TEXT, 
	created_at TEXT NOT NULL, 
	CONSTRAINT pk_loan PRIMARY KEY (id), 
	CONSTRAINT fk_loan_borrower_id_borrower FOREIGN KEY(borrower_id) REFERENCES borrower (id), 
	CONSTRAINT fk_loan_device_id_device FOREIGN KEY(device_id) REFERENCES device (id), 
	CONSTRAINT fk_loan_replaces_id_loan FOREIGN KEY(replaces_id) REFERENCES loan (id)
);
CREATE INDEX ix_loan_borrower_id ON loan (borrower_id);
CREATE INDEX ix_loan_device_id ON loan (device_id);
CREATE INDEX ix_loan_replaces_id ON loan (replaces_id);
CREATE INDEX ix_loan_state_due_on ON loan (state, due_on);
CREATE UNIQUE INDEX uq_loan_open_device ON loan (device_id) WHERE state = 'open';
CREATE TABLE incident (
	id INTEGER NOT NULL, 
	device_id INTEGER NOT NULL, 
	loan_id INTEGER, 
	kind TEXT NOT NULL, 
	happened_on DATE NOT NULL, 
	description TEXT DEFAULT '' NOT NULL, 
	report_number TEXT DEFAULT '' NOT NULL, 
	repairer TEXT DEFAULT '' NOT NULL, 
	sent_on DATE, 
	cost_cents INTEGER, 
	closed_on DATE, 
	outcome TEXT, 
	by_end BOOLEAN DEFAULT 0 NOT NULL, 
	created_at TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_incident PRIMARY KEY (id), 
	CONSTRAINT fk_incident_device_id_device FOREIGN KEY(device_id) REFERENCES device (id), 
	CONSTRAINT fk_incident_loan_id_loan FOREIGN KEY(loan_id) REFERENCES loan (id)
);
CREATE INDEX ix_incident_device_id ON incident (device_id);
CREATE INDEX ix_incident_loan_id ON incident (loan_id);
CREATE TABLE loan_accessory (
	loan_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	returned BOOLEAN, 
	returned_on DATE, 
	CONSTRAINT pk_loan_accessory PRIMARY KEY (loan_id, position), 
	CONSTRAINT fk_loan_accessory_loan_id_loan FOREIGN KEY(loan_id) REFERENCES loan (id)
);
CREATE TABLE loan_paper (
	paper_id INTEGER NOT NULL, 
	loan_id INTEGER NOT NULL, 
	CONSTRAINT pk_loan_paper PRIMARY KEY (paper_id, loan_id), 
	CONSTRAINT fk_loan_paper_loan_id_loan FOREIGN KEY(loan_id) REFERENCES loan (id), 
	CONSTRAINT fk_loan_paper_paper_id_signed_paper FOREIGN KEY(paper_id) REFERENCES signed_paper (id)
);
CREATE INDEX ix_loan_paper_loan_id ON loan_paper (loan_id);
CREATE TABLE reminder (
	id INTEGER NOT NULL, 
	loan_id INTEGER NOT NULL, 
	level TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	sent_on DATE NOT NULL, 
	created_at TEXT NOT NULL, 
	CONSTRAINT pk_reminder PRIMARY KEY (id), 
	CONSTRAINT fk_reminder_loan_id_loan FOREIGN KEY(loan_id) REFERENCES loan (id)
);
CREATE INDEX ix_reminder_loan_id ON reminder (loan_id);
CREATE TABLE photo (
	id INTEGER NOT NULL, 
	device_id INTEGER NOT NULL, 
	loan_id INTEGER, 
	incident_id INTEGER, 
	taken_on DATE NOT NULL, 
	caption TEXT DEFAULT '' NOT NULL, 
	image BLOB NOT NULL, 
	created_at TEXT NOT NULL, 
	CONSTRAINT pk_photo PRIMARY KEY (id), 
	CONSTRAINT fk_photo_device_id_device FOREIGN KEY(device_id) REFERENCES device (id), 
	CONSTRAINT fk_photo_incident_id_incident FOREIGN KEY(incident_id) REFERENCES incident (id), 
	CONSTRAINT fk_photo_loan_id_loan FOREIGN KEY(loan_id) REFERENCES loan (id)
);
CREATE INDEX ix_photo_device_id ON photo (device_id);
CREATE INDEX ix_photo_incident_id ON photo (incident_id);
CREATE INDEX ix_photo_loan_id ON photo (loan_id);
CREATE TABLE state (
	id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	token TEXT NOT NULL, 
	base TEXT NOT NULL, 
	at TEXT NOT NULL, 
	computer TEXT NOT NULL, 
	CONSTRAINT pk_state PRIMARY KEY (id)
);
CREATE TABLE touched (
	table_name TEXT NOT NULL, 
	"row" TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	gone BOOLEAN NOT NULL, 
	made INTEGER, 
	CONSTRAINT pk_touched PRIMARY KEY (table_name, "row")
);
CREATE INDEX ix_touched_number ON touched (number);
CREATE TABLE writes (
	number INTEGER NOT NULL, 
	token TEXT NOT NULL, 
	CONSTRAINT pk_writes PRIMARY KEY (number)
);
CREATE TABLE plan_taken_up (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	action_id INTEGER, 
	section TEXT NOT NULL, 
	words TEXT NOT NULL, 
	taken_on DATE NOT NULL, 
	version INTEGER, 
	recovered BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_plan_taken_up PRIMARY KEY (id), 
	CONSTRAINT fk_plan_taken_up_action_id_action FOREIGN KEY(action_id) REFERENCES action (id), 
	CONSTRAINT fk_plan_taken_up_version_plan_version FOREIGN KEY(version) REFERENCES plan_version (number)
);
CREATE INDEX ix_plan_taken_up_action_id ON plan_taken_up (action_id);
CREATE TABLE plan_version_action (
	version INTEGER NOT NULL, 
	action_id INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	recovered BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_plan_version_action PRIMARY KEY (version, action_id), 
	CONSTRAINT fk_plan_version_action_action_id_action FOREIGN KEY(action_id) REFERENCES action (id), 
	CONSTRAINT fk_plan_version_action_version_plan_version FOREIGN KEY(version) REFERENCES plan_version (number)
);
CREATE INDEX ix_plan_version_action_action_id ON plan_version_action (action_id);
CREATE TABLE "action" (
	id INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	source_kind TEXT NOT NULL, 
	source_ref TEXT DEFAULT ('') NOT NULL, 
	responsible TEXT DEFAULT ('') NOT NULL, 
	provider TEXT, 
	due_on DATE, 
	state TEXT NOT NULL, 
	cost TEXT DEFAULT ('') NOT NULL, 
	cost_cents INTEGER, 
	created_at TEXT NOT NULL, 
	closed_on DATE, 
	source_within TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_action PRIMARY KEY (id)
);
CREATE INDEX ix_action_source_kind ON action (source_kind);
CREATE TABLE "drill" (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	scenario TEXT DEFAULT ('') NOT NULL, 
	script TEXT DEFAULT ('') NOT NULL, 
	aim TEXT DEFAULT ('') NOT NULL, 
	planned_on DATE, 
	held_on DATE, 
	state TEXT NOT NULL, 
	course TEXT DEFAULT ('') NOT NULL, 
	cancelled_because TEXT DEFAULT ('') NOT NULL, 
	created_at TEXT NOT NULL, 
	plan_version INTEGER, 
	CONSTRAINT pk_drill PRIMARY KEY (id), 
	CONSTRAINT fk_drill_plan_version_plan_version FOREIGN KEY(plan_version) REFERENCES plan_version (number)
);
CREATE INDEX ix_loan_ended_on ON loan (ended_on);
CREATE INDEX ix_loan_lent_on ON loan (lent_on);
CREATE INDEX ix_loan_accessory_returned_on ON loan_accessory (returned_on);
CREATE TABLE school_owner (
	school_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	representative TEXT DEFAULT '' NOT NULL, 
	accord_on DATE, 
	accord_reference TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_school_owner PRIMARY KEY (school_id, position), 
	CONSTRAINT fk_school_owner_school_id_school FOREIGN KEY(school_id) REFERENCES school (id)
);
CREATE TABLE school_site (
	school_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	uai TEXT DEFAULT '' NOT NULL, 
	street TEXT DEFAULT '' NOT NULL, 
	postcode TEXT DEFAULT '' NOT NULL, 
	town TEXT DEFAULT '' NOT NULL, 
	levels TEXT DEFAULT '' NOT NULL, 
	owner TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_school_site PRIMARY KEY (school_id, position), 
	CONSTRAINT fk_school_site_school_id_school FOREIGN KEY(school_id) REFERENCES school (id)
);
CREATE TABLE "school" (
	id INTEGER NOT NULL, 
	uai TEXT DEFAULT ('') NOT NULL, 
	name TEXT DEFAULT ('') NOT NULL, 
	street TEXT DEFAULT ('') NOT NULL, 
	postcode TEXT DEFAULT ('') NOT NULL, 
	town TEXT DEFAULT ('') NOT NULL, 
	academie TEXT DEFAULT ('') NOT NULL, 
	district TEXT DEFAULT ('') NOT NULL, 
	holiday_zone TEXT DEFAULT ('') NOT NULL, 
	phone TEXT DEFAULT ('') NOT NULL, 
	email TEXT DEFAULT ('') NOT NULL, 
	teachers INTEGER, 
	head TEXT DEFAULT ('') NOT NULL, 
	risk_register_owner TEXT DEFAULT ('') NOT NULL, 
	contract TEXT DEFAULT 'public' NOT NULL, 
	head_gender TEXT DEFAULT '' NOT NULL, 
	authority TEXT DEFAULT '' NOT NULL, 
	controller TEXT DEFAULT '' NOT NULL, 
	dpo TEXT DEFAULT '' NOT NULL, 
	dpo_email TEXT DEFAULT '' NOT NULL, 
	employer TEXT DEFAULT '' NOT NULL, 
	council_accord_on DATE, 
	council_accord_reference TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_school PRIMARY KEY (id)
);
CREATE TABLE plan_milestone (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	done_on DATE NOT NULL, 
	body TEXT NOT NULL, 
	recorded_at TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_plan_milestone PRIMARY KEY (id), 
	CONSTRAINT fk_plan_milestone_version_plan_version FOREIGN KEY(version) REFERENCES plan_version (number)
);
CREATE INDEX ix_plan_milestone_version ON plan_milestone (version);
CREATE TABLE criterion_left_out (
	id TEXT NOT NULL, 
	CONSTRAINT pk_criterion_left_out PRIMARY KEY (id)
);
INSERT INTO "attachment" VALUES (1, 'attachment.kind n° 1, à l’école', 'attachment.title n° 1, à l’école', '2026-11-25', 101, 101, X'6174746163686D656E742E7064662031', 'attachment.sha256 n° 1, à l’école', '2026-11-24T09:12:00+00:00[+00:00]', '2026-11-24T09:12:00+00:00[+00:00]');
INSERT INTO "attachment" VALUES (2, 'attachment.kind n° 2, à l’école', 'attachment.title n° 2, à l’école', NULL, 102, 102, X'6174746163686D656E742E7064662032', 'attachment.sha256 n° 2, à l’école', '2026-11-24T10:12:00+00:00[+00:00]', NULL);
INSERT INTO "audit_campaign" VALUES (1, 101, '2026-11-24T09:12:00+00:00[+00:00]', '2026-11-25', 'audit_campaign.place n° 1, à l’école', 'audit_campaign.frame n° 1, à l’école');
INSERT INTO "audit_campaign" VALUES (2, 102, '2026-11-24T10:12:00+00:00[+00:00]', NULL, 'audit_campaign.place n° 2, à l’école', 'audit_campaign.frame n° 2, à l’école');
INSERT INTO "borrower" VALUES (1, 'borrower.kind n° 1, à l’école', 'borrower.last_name n° 1, à l’école', 'borrower.usual_name n° 1, à l’école', 'borrower.first_name n° 1, à l’école', 'borrower.search n° 1, à l’école', 'borrower.sort_key n° 1, à l’école', '2026-11-24T09:12:00+00:00[+00:00]', '2026-11-24T09:12:00+00:00[+00:00]', '2026-11-24T09:12:00+00:00[+00:00]', '2026-11-25', 'borrower.ine n° 1, à l’école', 'borrower.school_class n° 1, à l’école', '2026-11-25', 'borrower.duty n° 1, à l’école', 'borrower.email n° 1, à l’école', 'borrower.phone n° 1, à l’école');
INSERT INTO "borrower" VALUES (2, 'borrower.kind n° 2, à l’école', 'borrower.last_name n° 2, à l’école', 'borrower.usual_name n° 2, à l’école', 'borrower.first_name n° 2, à l’école', 'borrower.search n° 2, à l’école', 'borrower.sort_key n° 2, à l’école', '2026-11-24T10:12:00+00:00[+00:00]', NULL, NULL, NULL, 'borrower.ine n° 2, à l’école', 'borrower.school_class n° 2, à l’école', NULL, 'borrower.duty n° 2, à l’école', 'borrower.email n° 2, à l’école', 'borrower.phone n° 2, à l’école');
INSERT INTO "calendar_correction" VALUES (1, 'calendar_correction.name n° 1, à l’école', '2026-11-25', '2026-11-25', 1);
INSERT INTO "calendar_correction" VALUES (2, 'calendar_correction.name n° 2, à l’école', '2026-11-26', '2026-11-26', 0);
INSERT INTO "crisis" VALUES (1, 'crisis.scenario n° 1, à l’école', '2026-11-24T09:12:00+00:00[+00:00]', '2026-11-24T09:12:00+00:00[+00:00]');
INSERT INTO "crisis" VALUES (2, 'crisis.scenario n° 2, à l’école', '2026-11-24T10:12:00+00:00[+00:00]', NULL);
INSERT INTO "crisis_contact" VALUES (1, 'crisis_contact.role n° 1, à l’école', 'crisis_contact.name n° 1, à l’école', 'crisis_contact.deputy n° 1, à l’école', 'crisis_contact.phone n° 1, à l’école', 'crisis_contact.deputy_phone n° 1, à l’école', 'crisis_contact.called_by n° 1, à l’école', '2026-11-25', '2026-11-24T09:12:00+00:00[+00:00]');
INSERT INTO "crisis_contact" VALUES (2, 'crisis_contact.role n° 2, à l’école', 'crisis_contact.name n° 2, à l’école', 'crisis_contact.deputy n° 2, à l’école', 'crisis_contact.phone n° 2, à l’école', 'crisis_contact.deputy_phone n° 2, à l’école', 'crisis_contact.called_by n° 2, à l’école', NULL, NULL);
INSERT INTO "guardian" VALUES (1, 'guardian.title n° 1, à l’école', 'guardian.last_name n° 1, à l’école', 'guardian.first_name n° 1, à l’école', 'guardian.email n° 1, à l’école', 'guardian.phone n° 1, à l’école', 'guardian.address n° 1, à l’école');
INSERT INTO "guardian" VALUES (2, 'guardian.title n° 2, à l’école', 'guardian.last_name n° 2, à l’école', 'guardian.first_name n° 2, à l’école', 'guardian.email n° 2, à l’école', 'guardian.phone n° 2, à l’école', 'guardian.address n° 2, à l’école');
INSERT INTO "journal" VALUES (1, '2026-11-24T08:12:00+00:00[+00:00]', 'claire.morvan', 'golden.made', 'golden:1', '{"after": {"day": "2026-11-24"}, "before": {}}', '169a917c935eee87f48960069abc9d62', '813f80797a5d1b713212adaa3e13ed377ca2a81414c949b30fd5794e4447370c', '0000000000000000000000000000000000000000000000000000000000000000', 'd545a30bdc24ba8f415a68d6ddae257786ef26b5a8b8d7ea716db4c23ab8b87c');
INSERT INTO "meta" VALUES ('meta.key n° 1, à l’école', 'meta.value n° 1, à l’école');
INSERT INTO "meta" VALUES ('meta.key n° 2, à l’école', 'meta.value n° 2, à l’école');
INSERT INTO "own_scenario" VALUES (1, 'own_scenario.title n° 1, à l’école', 'own_scenario.summary n° 1, à l’école', '2026-11-24T09:12:00+00:00[+00:00]');
INSERT INTO "own_scenario" VALUES (2, 'own_scenario.title n° 2, à l’école', 'own_scenario.summary n° 2, à l’école', NULL);
INSERT INTO "plan_class" VALUES (1, 'plan_class.school_class n° 1, à l’école', 'plan_class.name n° 1, à l’école', 'plan_class.teacher n° 1, à l’école', 'plan_class.tool n° 1, à l’école', 'plan_class.tool_status n° 1, à l’école', 'plan_class.rhythm n° 1, à l’école', 'plan_class.rota n° 1, à l’école', 101, 101, 101, 101, '2026-11-24T09:12:00+00:00[+00:00]');
INSERT INTO "plan_class" VALUES (2, 'plan_class.school_class n° 2, à l’école', 'plan_class.name n° 2, à l’école', 'plan_class.teacher n° 2, à l’école', 'plan_class.tool n° 2, à l’école', 'plan_class.tool_status n° 2, à l’école', 'plan_class.rhythm n° 2, à l’école', 'plan_class.rota n° 2, à l’école', NULL, NULL, NULL, NULL, NULL);
INSERT INTO "plan_scenario" VALUES ('plan_scenario.scenario n° 1, à l’école', 1, 1, 1);
INSERT INTO "plan_scenario" VALUES ('plan_scenario.scenario n° 2, à l’école', 0, NULL, NULL);
INSERT INTO "plan_scenario_text" VALUES ('plan_scenario_text.scenario n° 1, à l’école', 'plan_scenario_text.field n° 1, à l’école', 'plan_scenario_text.text n° 1, à l’école');
INSERT INTO "plan_scenario_text" VALUES ('plan_scenario_text.scenario n° 2, à l’école', 'plan_scenario_text.field n° 2, à l’école', 'plan_scenario_text.text n° 2, à l’école');
INSERT INTO "plan_section" VALUES ('plan_section.section n° 1, à l’école', 'plan_section.text n° 1, à l’école', 1, '2026-11-25');
INSERT INTO "plan_section" VALUES ('plan_section.section n° 2, à l’école', 'plan_section.text n° 2, à l’école', 0, NULL);
INSERT INTO "plan_version" VALUES (1, '2026-11-25', 'plan_version.body n° 1, à l’école', 'plan_version.participants n° 1, à l’école', '2026-11-24T09:12:00+00:00[+00:00]', 'plan_version.snapshot n° 1, à l’école', X'706C616E5F76657273696F6E2E7064662031', 'plan_version.sha256 n° 1, à l’école');
INSERT INTO "plan_version" VALUES (2, '2026-11-26', 'plan_version.body n° 2, à l’école', 'plan_version.participants n° 2, à l’école', '2026-11-24T10:12:00+00:00[+00:00]', 'plan_version.snapshot n° 2, à l’école', X'706C616E5F76657273696F6E2E7064662032', 'plan_version.sha256 n° 2, à l’école');
INSERT INTO "retention_limit" VALUES ('retention_limit.id n° 1, à l’école', 101);
INSERT INTO "retention_limit" VALUES ('retention_limit.id n° 2, à l’école', 102);
INSERT INTO "risk_line" VALUES (1, 'risk_line.risk n° 1, à l’école', 'risk_line.title n° 1, à l’école', 'risk_line.family n° 1, à l’école', 'risk_line.work_units n° 1, à l’école', 'risk_line.situations n° 1, à l’école', 'risk_line.in_place n° 1, à l’école', 'risk_line.to_take n° 1, à l’école', 101, 101, 101, '2026-11-24T09:12:00+00:00[+00:00]');
INSERT INTO "risk_line" VALUES (2, 'risk_line.risk n° 2, à l’école', 'risk_line.title n° 2, à l’école', 'risk_line.family n° 2, à l’école', 'risk_line.work_units n° 2, à l’école', 'risk_line.situations n° 2, à l’école', 'risk_line.in_place n° 2, à l’école', 'risk_line.to_take n° 2, à l’école', NULL, NULL, NULL, NULL);
INSERT INTO "audit_answer" VALUES (1, 'audit_answer.criterion n° 1, à l’école', 'audit_answer.level n° 1, à l’école', 'audit_answer.version n° 1, à l’école', 'audit_answer.standing n° 1, à l’école', 'audit_answer.value n° 1, à l’école', 'audit_answer.reason n° 1, à l’école', 'audit_answer.note n° 1, à l’école', 'audit_answer.origin n° 1, à l’école', '2026-11-24T09:12:00+00:00[+00:00]');
INSERT INTO "audit_answer" VALUES (2, 'audit_answer.criterion n° 2, à l’école', 'audit_answer.level n° 2, à l’école', 'audit_answer.version n° 2, à l’école', 'audit_answer.standing n° 2, à l’école', 'audit_answer.value n° 2, à l’école', 'audit_answer.reason n° 2, à l’école', 'audit_answer.note n° 2, à l’école', 'audit_answer.origin n° 2, à l’école', '2026-11-24T10:12:00+00:00[+00:00]');
INSERT INTO "audit_evidence" VALUES (1, 1, 'audit_evidence.criterion n° 1, à l’école', 'audit_evidence.level n° 1, à l’école', 'audit_evidence.name n° 1, à l’école', 101, X'61756469745F65766964656E63652E636F6E74656E742031', '2026-11-24T09:12:00+00:00[+00:00]');
INSERT INTO "audit_evidence" VALUES (2, 2, 'audit_evidence.criterion n° 2, à l’école', 'audit_evidence.level n° 2, à l’école', 'audit_evidence.name n° 2, à l’école', 102, X'61756469745F65766964656E63652E636F6E74656E742032', '2026-11-24T10:12:00+00:00[+00:00]');
INSERT INTO "crisis_entry" VALUES (1, 1, 'crisis_entry.field n° 1, à l’école', 'crisis_entry.text n° 1, à l’école', '2026-11-24T09:12:00+00:00[+00:00]', '2026-11-24T09:12:00+00:00[+00:00]');
INSERT INTO "crisis_entry" VALUES (2, 2, 'crisis_entry.field n° 2, à l’école', 'crisis_entry.text n° 2, à l’école', '2026-11-24T10:12:00+00:00[+00:00]', NULL);
INSERT INTO "device" VALUES (1, 'device.asset_number n° 1, à l’école', 'device.asset_key n° 1, à l’école', 'device.kind n° 1, à l’école', 'device.brand n° 1, à l’école', 'device.model n° 1, à l’école', 'device.serial_number n° 1, à l’école', 'device.owner n° 1, à l’école', 'device.owner_kind n° 1, à l’école', 'device.funding n° 1, à l’école', '2026-11-25', 'device.acquired_by n° 1, à l’école', 1, '2026-11-25', 'device.maintained_by n° 1, à l’école', 'device.condition n° 1, à l’école', 'device.state n° 1, à l’école', 1, 'device.reserved_note n° 1, à l’école', 'device.retired_as n° 1, à l’école', '2026-11-25', 'device.place n° 1, à l’école', 'device.notes n° 1, à l’école', 'device.search n° 1, à l’école', 'device.sort_key n° 1, à l’école', '2026-11-24T09:12:00+00:00[+00:00]', '2026-11-24T09:12:00+00:00[+00:00]', '2026-11-25', 101);
INSERT INTO "device" VALUES (2, 'device.asset_number n° 2, à l’école', 'device.asset_key n° 2, à l’école', 'device.kind n° 2, à l’école', 'device.brand n° 2, à l’école', 'device.model n° 2, à l’école', 'device.serial_number n° 2, à l’école', 'device.owner n° 2, à l’école', NULL, 'device.funding n° 2, à l’école', NULL, NULL, 0, NULL, 'device.maintained_by n° 2, à l’école', 'device.condition n° 2, à l’école', 'device.state n° 2, à l’école', NULL, 'device.reserved_note n° 2, à l’école', NULL, NULL, 'device.place n° 2, à l’école', 'device.notes n° 2, à l’école', 'device.search n° 2, à l’école', 'device.sort_key n° 2, à l’école', '2026-11-24T10:12:00+00:00[+00:00]', NULL, NULL, NULL);
INSERT INTO "drill_answer" VALUES (1, 'drill_answer.question n° 1, à l’école', 'drill_answer.answer n° 1, à l’école');
INSERT INTO "drill_answer" VALUES (2, 'drill_answer.question n° 2, à l’école', 'drill_answer.answer n° 2, à l’école');
INSERT INTO "drill_lesson" VALUES (1, 1, 'drill_lesson.text n° 1, à l’école', 1, '2026-11-24T09:12:00+00:00[+00:00]');
INSERT INTO "drill_lesson" VALUES (2, 2, 'drill_lesson.text n° 2, à l’école', 2, NULL);
INSERT INTO "drill_participants" VALUES (1, 'drill_participants.function n° 1, à l’école', 101, 'drill_participants.people n° 1, à l’école');
INSERT INTO "drill_participants" VALUES (2, 'drill_participants.function n° 2, à l’école', 102, 'drill_participants.people n° 2, à l’école');
INSERT INTO "drill_preparation" VALUES (1, 'drill_preparation.item n° 1, à l’école');
INSERT INTO "drill_preparation" VALUES (2, 'drill_preparation.item n° 2, à l’école');
INSERT INTO "drill_result" VALUES (1, 'drill_result.measure n° 1, à l’école', 1.5);
INSERT INTO "drill_result" VALUES (2, 'drill_result.measure n° 2, à l’école', 2.5);
INSERT INTO "plan_submission" VALUES (1, '2026-11-25', 'plan_submission.body n° 1, à l’école', '2026-11-24T09:12:00+00:00[+00:00]', 'plan_submission.snapshot n° 1, à l’école', 1, '2026-11-24T09:12:00+00:00[+00:00]');
INSERT INTO "plan_submission" VALUES (2, '2026-11-26', 'plan_submission.body n° 2, à l’école', '2026-11-24T10:12:00+00:00[+00:00]', 'plan_submission.snapshot n° 2, à l’école', NULL, NULL);
INSERT INTO "pupil_guardian" VALUES (1, 1, 101);
INSERT INTO "pupil_guardian" VALUES (2, 2, 102);
INSERT INTO "pupil_need" VALUES (1, '2026-11-25', 'pupil_need.answers n° 1, à l’école', 101, 'pupil_need.reason n° 1, à l’école');
INSERT INTO "pupil_need" VALUES (2, '2026-11-26', 'pupil_need.answers n° 2, à l’école', NULL, 'pupil_need.reason n° 2, à l’école');
INSERT INTO "school_level" VALUES (1, 'school_level.level n° 1, à l’école', 101, 101, 101);
INSERT INTO "school_level" VALUES (2, 'school_level.level n° 2, à l’école', 102, NULL, NULL);
INSERT INTO "signed_paper" VALUES (1, 1, 'signed_paper.document n° 1, à l’école', 'signed_paper.title n° 1, à l’école', '2026-11-25', 'signed_paper.signed_by n° 1, à l’école', X'7369676E65645F70617065722E7064662031', 'signed_paper.digest n° 1, à l’école', '2026-11-24T09:12:00+00:00[+00:00]', '2026-11-25');
INSERT INTO "signed_paper" VALUES (2, 2, 'signed_paper.document n° 2, à l’école', 'signed_paper.title n° 2, à l’école', '2026-11-26', 'signed_paper.signed_by n° 2, à l’école', X'7369676E65645F70617065722E7064662032', 'signed_paper.digest n° 2, à l’école', '2026-11-24T10:12:00+00:00[+00:00]', NULL);
INSERT INTO "device_accessory" VALUES (1, 1, 101, 'device_accessory.name n° 1, à l’école', 1);
INSERT INTO "device_accessory" VALUES (2, 2, 102, 'device_accessory.name n° 2, à l’école', 0);
INSERT INTO "loan" VALUES (1, 1, 1, 'loan.school_class n° 1, à l’école', '2026-11-25', '2026-11-25', '2026-11-25', 'loan.state n° 1, à l’école', 'loan.condition_out n° 1, à l’école', 'loan.condition_in n° 1, à l’école', 'loan.note_out n° 1, à l’école', 'loan.note_in n° 1, à l’école', NULL, 'loan.wiped n° 1, à l’école', '2026-11-24T09:12:00+00:00[+00:00]');
INSERT INTO "loan" VALUES (2, 2, 2, 'loan.school_class n° 2, à l’école', '2026-11-26', '2026-11-26', NULL, 'loan.state n° 2, à l’école', 'loan.condition_out n° 2, à l’école', NULL, 'loan.note_out n° 2, à l’école', 'loan.note_in n° 2, à l’école', NULL, NULL, '2026-11-24T10:12:00+00:00[+00:00]');
INSERT INTO "incident" VALUES (1, 1, 1, 'incident.kind n° 1, à l’école', '2026-11-25', 'incident.description n° 1, à l’école', 'incident.report_number n° 1, à l’école', 'incident.repairer n° 1, à l’école', '2026-11-25', 101, '2026-11-25', 'incident.outcome n° 1, à l’école', 1, '2026-11-24T09:12:00+00:00[+00:00]', '2026-11-24T09:12:00+00:00[+00:00]');
INSERT INTO "incident" VALUES (2, 2, NULL, 'incident.kind n° 2, à l’école', '2026-11-26', 'incident.description n° 2, à l’école', 'incident.report_number n° 2, à l’école', 'incident.repairer n° 2, à l’école', NULL, NULL, NULL, NULL, 0, '2026-11-24T10:12:00+00:00[+00:00]', NULL);
INSERT INTO "loan_accessory" VALUES (1, 1, 'loan_accessory.name n° 1, à l’école', 1, '2026-11-25');
INSERT INTO "loan_accessory" VALUES (2, 2, 'loan_accessory.name n° 2, à l’école', NULL, NULL);
INSERT INTO "loan_paper" VALUES (1, 1);
INSERT INTO "loan_paper" VALUES (2, 2);
INSERT INTO "reminder" VALUES (1, 1, 'reminder.level n° 1, à l’école', 'reminder.channel n° 1, à l’école', '2026-11-25', '2026-11-24T09:12:00+00:00[+00:00]');
INSERT INTO "reminder" VALUES (2, 2, 'reminder.level n° 2, à l’école', 'reminder.channel n° 2, à l’école', '2026-11-26', '2026-11-24T10:12:00+00:00[+00:00]');
INSERT INTO "photo" VALUES (1, 1, 1, 1, '2026-11-25', 'photo.caption n° 1, à l’école', X'70686F746F2E696D6167652031', '2026-11-24T09:12:00+00:00[+00:00]');
INSERT INTO "photo" VALUES (2, 2, NULL, NULL, '2026-11-26', 'photo.caption n° 2, à l’école', X'70686F746F2E696D6167652032', '2026-11-24T10:12:00+00:00[+00:00]');
INSERT INTO "state" VALUES (1, 2, '7db8fb13fa09093f', '', '2026-11-24T08:12:00+00:00[+00:00]', 'poste-de-direction');
INSERT INTO "touched" VALUES ('action', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('action', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('attachment', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('attachment', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('audit_campaign', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('audit_campaign', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('borrower', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('borrower', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('calendar_correction', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('calendar_correction', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('crisis', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('crisis', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('crisis_contact', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('crisis_contact', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('criterion_left_out', '["criterion_left_out.id n° 1, à l’école"]', 2, 0, 2);
INSERT INTO "touched" VALUES ('criterion_left_out', '["criterion_left_out.id n° 2, à l’école"]', 2, 0, 2);
INSERT INTO "touched" VALUES ('guardian', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('guardian', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('meta', '["meta.key n° 1, à l’école"]', 2, 0, 2);
INSERT INTO "touched" VALUES ('meta', '["meta.key n° 2, à l’école"]', 2, 0, 2);
INSERT INTO "touched" VALUES ('own_scenario', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('own_scenario', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('plan_class', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('plan_class', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('plan_scenario', '["plan_scenario.scenario n° 1, à l’école"]', 2, 0, 2);
INSERT INTO "touched" VALUES ('plan_scenario', '["plan_scenario.scenario n° 2, à l’école"]', 2, 0, 2);
INSERT INTO "touched" VALUES ('plan_scenario_text', '["plan_scenario_text.scenario n° 1, à l’école","plan_scenario_text.field n° 1, à l’école"]', 2, 0, 2);
INSERT INTO "touched" VALUES ('plan_scenario_text', '["plan_scenario_text.scenario n° 2, à l’école","plan_scenario_text.field n° 2, à l’école"]', 2, 0, 2);
INSERT INTO "touched" VALUES ('plan_section', '["plan_section.section n° 1, à l’école"]', 2, 0, 2);
INSERT INTO "touched" VALUES ('plan_section', '["plan_section.section n° 2, à l’école"]', 2, 0, 2);
INSERT INTO "touched" VALUES ('plan_version', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('plan_version', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('retention_limit', '["retention_limit.id n° 1, à l’école"]', 2, 0, 2);
INSERT INTO "touched" VALUES ('retention_limit', '["retention_limit.id n° 2, à l’école"]', 2, 0, 2);
INSERT INTO "touched" VALUES ('risk_line', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('risk_line', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('school', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('school', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('audit_answer', '[1,"audit_answer.criterion n° 1, à l’école","audit_answer.level n° 1, à l’école"]', 2, 0, 2);
INSERT INTO "touched" VALUES ('audit_answer', '[2,"audit_answer.criterion n° 2, à l’école","audit_answer.level n° 2, à l’école"]', 2, 0, 2);
INSERT INTO "touched" VALUES ('audit_evidence', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('audit_evidence', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('crisis_entry', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('crisis_entry', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('device', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('device', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('drill', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('drill', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('plan_milestone', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('plan_milestone', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('plan_submission', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('plan_submission', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('plan_taken_up', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('plan_taken_up', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('plan_version_action', '[1,1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('plan_version_action', '[2,2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('pupil_guardian', '[1,1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('pupil_guardian', '[2,2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('pupil_need', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('pupil_need', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('school_level', '[1,"school_level.level n° 1, à l’école"]', 2, 0, 2);
INSERT INTO "touched" VALUES ('school_level', '[2,"school_level.level n° 2, à l’école"]', 2, 0, 2);
INSERT INTO "touched" VALUES ('school_owner', '[1,1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('school_owner', '[2,2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('school_site', '[1,1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('school_site', '[2,2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('signed_paper', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('signed_paper', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('device_accessory', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('device_accessory', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('drill_answer', '[1,"drill_answer.question n° 1, à l’école"]', 2, 0, 2);
INSERT INTO "touched" VALUES ('drill_answer', '[2,"drill_answer.question n° 2, à l’école"]', 2, 0, 2);
INSERT INTO "touched" VALUES ('drill_lesson', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('drill_lesson', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('drill_participants', '[1,"drill_participants.function n° 1, à l’école"]', 2, 0, 2);
INSERT INTO "touched" VALUES ('drill_participants', '[2,"drill_participants.function n° 2, à l’école"]', 2, 0, 2);
INSERT INTO "touched" VALUES ('drill_preparation', '[1,"drill_preparation.item n° 1, à l’école"]', 2, 0, 2);
INSERT INTO "touched" VALUES ('drill_preparation', '[2,"drill_preparation.item n° 2, à l’école"]', 2, 0, 2);
INSERT INTO "touched" VALUES ('drill_result', '[1,"drill_result.measure n° 1, à l’école"]', 2, 0, 2);
INSERT INTO "touched" VALUES ('drill_result', '[2,"drill_result.measure n° 2, à l’école"]', 2, 0, 2);
INSERT INTO "touched" VALUES ('loan', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('loan', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('incident', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('incident', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('loan_accessory', '[1,1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('loan_accessory', '[2,2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('loan_paper', '[1,1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('loan_paper', '[2,2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('reminder', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('reminder', '[2]', 2, 0, 2);
INSERT INTO "touched" VALUES ('photo', '[1]', 2, 0, 2);
INSERT INTO "touched" VALUES ('photo', '[2]', 2, 0, 2);
INSERT INTO "writes" VALUES (1, '374f01d00c745b8e');
INSERT INTO "writes" VALUES (2, '7db8fb13fa09093f');
INSERT INTO "plan_taken_up" VALUES (1, 'plan_taken_up.kind n° 1, à l’école', 1, 'plan_taken_up.section n° 1, à l’école', 'plan_taken_up.words n° 1, à l’école', '2026-11-25', 1, 1);
INSERT INTO "plan_taken_up" VALUES (2, 'plan_taken_up.kind n° 2, à l’école', NULL, 'plan_taken_up.section n° 2, à l’école', 'plan_taken_up.words n° 2, à l’école', '2026-11-26', NULL, 0);
INSERT INTO "plan_version_action" VALUES (1, 1, 101, 1);
INSERT INTO "plan_version_action" VALUES (2, 2, 102, 0);
INSERT INTO "action" VALUES (1, 'action.title n° 1, à l’école', 'action.source_kind n° 1, à l’école', 'action.source_ref n° 1, à l’école', 'action.responsible n° 1, à l’école', 'action.provider n° 1, à l’école', '2026-11-25', 'action.state n° 1, à l’école', 'action.cost n° 1, à l’école', 101, '2026-11-24T09:12:00+00:00[+00:00]', '2026-11-25', 'action.source_within n° 1, à l’école');
INSERT INTO "action" VALUES (2, 'action.title n° 2, à l’école', 'action.source_kind n° 2, à l’école', 'action.source_ref n° 2, à l’école', 'action.responsible n° 2, à l’école', NULL, NULL, 'action.state n° 2, à l’école', 'action.cost n° 2, à l’école', NULL, '2026-11-24T10:12:00+00:00[+00:00]', NULL, 'action.source_within n° 2, à l’école');
INSERT INTO "drill" VALUES (1, 'drill.kind n° 1, à l’école', 'drill.scenario n° 1, à l’école', 'drill.script n° 1, à l’école', 'drill.aim n° 1, à l’école', '2026-11-25', '2026-11-25', 'drill.state n° 1, à l’école', 'drill.course n° 1, à l’école', 'drill.cancelled_because n° 1, à l’école', '2026-11-24T09:12:00+00:00[+00:00]', 1);
INSERT INTO "drill" VALUES (2, 'drill.kind n° 2, à l’école', 'drill.scenario n° 2, à l’école', 'drill.script n° 2, à l’école', 'drill.aim n° 2, à l’école', NULL, NULL, 'drill.state n° 2, à l’école', 'drill.course n° 2, à l’école', 'drill.cancelled_because n° 2, à l’école', '2026-11-24T10:12:00+00:00[+00:00]', NULL);
INSERT INTO "school_owner" VALUES (1, 1, 'school_owner.kind n° 1, à l’école', 'school_owner.name n° 1, à l’école', 'school_owner.representative n° 1, à l’école', '2026-11-25', 'school_owner.accord_reference n° 1, à l’école');
INSERT INTO "school_owner" VALUES (2, 2, 'school_owner.kind n° 2, à l’école', 'school_owner.name n° 2, à l’école', 'school_owner.representative n° 2, à l’école', NULL, 'school_owner.accord_reference n° 2, à l’école');
INSERT INTO "school_site" VALUES (1, 1, 'school_site.name n° 1, à l’école', 'school_site.uai n° 1, à l’école', 'school_site.street n° 1, à l’école', 'school_site.postcode n° 1, à l’école', 'school_site.town n° 1, à l’école', 'school_site.levels n° 1, à l’école', 'school_site.owner n° 1, à l’école');
INSERT INTO "school_site" VALUES (2, 2, 'school_site.name n° 2, à l’école', 'school_site.uai n° 2, à l’école', 'school_site.street n° 2, à l’école', 'school_site.postcode n° 2, à l’école', 'school_site.town n° 2, à l’école', 'school_site.levels n° 2, à l’école', 'school_site.owner n° 2, à l’école');
INSERT INTO "school" VALUES (1, 'school.uai n° 1, à l’école', 'school.name n° 1, à l’école', 'school.street n° 1, à l’école', 'school.postcode n° 1, à l’école', 'school.town n° 1, à l’école', 'school.academie n° 1, à l’école', 'school.district n° 1, à l’école', 'school.holiday_zone n° 1, à l’école', 'school.phone n° 1, à l’école', 'school.email n° 1, à l’école', 101, 'school.head n° 1, à l’école', 'school.risk_register_owner n° 1, à l’école', 'school.contract n° 1, à l’école', 'school.head_gender n° 1, à l’école', 'school.authority n° 1, à l’école', 'school.controller n° 1, à l’école', 'school.dpo n° 1, à l’école', 'school.dpo_email n° 1, à l’école', 'school.employer n° 1, à l’école', '2026-11-25', 'school.council_accord_reference n° 1, à l’école');
INSERT INTO "school" VALUES (2, 'school.uai n° 2, à l’école', 'school.name n° 2, à l’école', 'school.street n° 2, à l’école', 'school.postcode n° 2, à l’école', 'school.town n° 2, à l’école', 'school.academie n° 2, à l’école', 'school.district n° 2, à l’école', 'school.holiday_zone n° 2, à l’école', 'school.phone n° 2, à l’école', 'school.email n° 2, à l’école', NULL, 'school.head n° 2, à l’école', 'school.risk_register_owner n° 2, à l’école', 'school.contract n° 2, à l’école', 'school.head_gender n° 2, à l’école', 'school.authority n° 2, à l’école', 'school.controller n° 2, à l’école', 'school.dpo n° 2, à l’école', 'school.dpo_email n° 2, à l’école', 'school.employer n° 2, à l’école', NULL, 'school.council_accord_reference n° 2, à l’école');
INSERT INTO "plan_milestone" VALUES (1, 1, 'plan_milestone.kind n° 1, à l’école', '2026-11-25', 'plan_milestone.body n° 1, à l’école', '2026-11-24T09:12:00+00:00[+00:00]', '2026-11-24T09:12:00+00:00[+00:00]');
INSERT INTO "plan_milestone" VALUES (2, 2, 'plan_milestone.kind n° 2, à l’école', '2026-11-26', 'plan_milestone.body n° 2, à l’école', '2026-11-24T10:12:00+00:00[+00:00]', NULL);
INSERT INTO "criterion_left_out" VALUES ('criterion_left_out.id n° 1, à l’école');
INSERT INTO "criterion_left_out" VALUES ('criterion_left_out.id n° 2, à l’école');
PRAGMA user_version = 9;
