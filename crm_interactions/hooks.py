app_name = "crm_interactions"
app_title = "CRM Interactions"
app_publisher = "crm_interactions maintainers"
app_description = "Every contact with every business partner, joined into chains, with the next step planned"
app_email = "maintainers@example.com"
app_license = "mit"
add_to_apps_screen = [
	{
		"name": "crm_interactions",
		"logo": "/assets/crm_interactions/images/logo.svg",
		"title": "Interactions",
		"route": "/app/interactions",
		"has_permission": "crm_interactions.api.app.has_permission",
	}
]
export_python_type_annotations = True
require_type_annotated_api_methods = True
app_include_js = "crm_interactions.bundle.js"
app_include_css = "crm_interactions.bundle.css"
after_install = "crm_interactions.install.after_install"
after_app_install = "crm_interactions.install.after_app_install"
after_migrate = "crm_interactions.install.after_migrate"
before_app_uninstall = "crm_interactions.uninstall.before_app_uninstall"
before_uninstall = "crm_interactions.uninstall.before_uninstall"
after_uninstall = "crm_interactions.uninstall.after_uninstall"
on_session_creation = "crm_interactions.boot.on_session_creation"
extend_bootinfo = "crm_interactions.boot.extend_bootinfo"
jinja = {"filters": ["crm_interactions.platform.stored_text.as_typed"]}

doc_events = {
	"*": {
		"before_insert": "crm_interactions.recording.events.before_insert",
		"before_validate": "crm_interactions.recording.events.before_validate",
		"on_update": "crm_interactions.parties.events.on_update",
		"on_change": [
			"crm_interactions.recording.events.on_change",
			# needs the chain from the line above; under "*", because a DocType's own handlers run before those of "*"
			"crm_interactions.followups.events.on_change",
			"crm_interactions.plans.events.on_change",
		],
		"on_trash": [
			"crm_interactions.parties.events.on_trash",
			"crm_interactions.plans.events.on_trash",
			"crm_interactions.recording.events.on_trash",
			"crm_interactions.followups.events.on_trash",
		],
		"before_rename": "crm_interactions.recording.events.before_rename",
		"after_rename": [
			"crm_interactions.parties.events.after_rename",
			"crm_interactions.recording.events.after_rename",
		],
	},
	"Communication": {
		"after_insert": "crm_interactions.integrations.frappe.communication.after_insert",
		"on_update": "crm_interactions.integrations.frappe.communication.on_update",
	},
	"Personal Data Deletion Request": {"on_change": "crm_interactions.capture.privacy.on_change"},
	("Call Log", "CRM Call Log", "SMS Log"): {
		# before the journal records the document, which captured calls are not counted in
		"on_change": "crm_interactions.capture.events.on_change",
	},
	("Communication", "Call Log", "CRM Call Log", "SMS Log"): {
		"on_trash": "crm_interactions.capture.events.on_trash",
	},
	"Comment": {
		"validate": "crm_interactions.integrations.frappe.comment.validate",
		"on_trash": "crm_interactions.integrations.frappe.comment.on_trash",
		"after_insert": "crm_interactions.integrations.frappe.comment.after_insert",
	},
	("Document Follow", "Notification Log", "Tag Link"): {
		"before_insert": "crm_interactions.visibility.notifications.before_insert",
	},
	"Event": {
		"validate": "crm_interactions.integrations.frappe.event.validate",
		"on_trash": "crm_interactions.integrations.frappe.event.on_trash",
	},
	("Interaction", "Meeting", "Product Record", "ToDo", "DocShare", "Contact", "Employee", "User"): {
		"validate": "crm_interactions.visibility.relations.validate",
		"before_rename": "crm_interactions.visibility.relations.before_rename",
		"on_change": "crm_interactions.visibility.events.on_change",
		"after_delete": "crm_interactions.visibility.events.after_delete",
		"after_rename": "crm_interactions.visibility.events.after_rename",
	},
	"Property Setter": {
		"on_change": "crm_interactions.integrations.frappe.property_setter.on_change",
		"after_delete": "crm_interactions.integrations.frappe.property_setter.after_delete",
	},
	"Version": {
		"validate": "crm_interactions.integrations.frappe.version.validate",
		"on_trash": "crm_interactions.integrations.frappe.version.on_trash",
	},
	"File": {
		"on_update": "crm_interactions.integrations.frappe.file.on_update",
		"after_delete": "crm_interactions.integrations.frappe.file.after_delete",
	},
}
permission_query_conditions = {
	"Interaction Participant": "crm_interactions.visibility.hooks.part_conditions",
	"Interaction Product": "crm_interactions.visibility.hooks.part_conditions",
	"Interaction Dictionary Entry": "crm_interactions.visibility.hooks.part_conditions",
	"Activity Resource": "crm_interactions.visibility.hooks.part_conditions",
	"Interaction": "crm_interactions.visibility.hooks.activity_conditions",
	"Meeting": "crm_interactions.visibility.hooks.activity_conditions",
	"Product Record": "crm_interactions.visibility.hooks.activity_conditions",
	"Activity Link": "crm_interactions.visibility.hooks.activity_link_conditions",
	"Interaction Chain": "crm_interactions.visibility.hooks.interaction_chain_conditions",
	"Interaction Chain Log": "crm_interactions.visibility.hooks.chain_log_conditions",
	"Interaction Chain Move": "crm_interactions.visibility.hooks.chain_move_conditions",
	"Interaction Hand Over": "crm_interactions.handover.visibility.hand_over_conditions",
	"Interaction Hand Over Entry": "crm_interactions.handover.visibility.entry_conditions",
	"Interaction Reminder": "crm_interactions.visibility.hooks.interaction_reminder_conditions",
	"File": "crm_interactions.visibility.hooks.file_conditions",
	"Tag Link": "crm_interactions.visibility.hooks.tag_link_conditions",
	"Captured Item": "crm_interactions.capture.visibility.item_conditions",
	"Activity Plan Run": "crm_interactions.visibility.hooks.plan_run_conditions",
}
has_permission = {
	"Interaction": "crm_interactions.visibility.hooks.activity_permission",
	"Meeting": "crm_interactions.visibility.hooks.activity_permission",
	"Product Record": "crm_interactions.visibility.hooks.activity_permission",
	"Activity Link": "crm_interactions.visibility.hooks.activity_link_permission",
	"Interaction Chain": "crm_interactions.visibility.hooks.interaction_chain_permission",
	"Interaction Chain Log": "crm_interactions.visibility.hooks.chain_log_permission",
	"Interaction Chain Move": "crm_interactions.visibility.hooks.chain_move_permission",
	"Interaction Hand Over": "crm_interactions.handover.visibility.hand_over_permission",
	"Interaction Hand Over Entry": "crm_interactions.handover.visibility.entry_permission",
	"Interaction Reminder": "crm_interactions.visibility.hooks.interaction_reminder_permission",
	"Tag Link": "crm_interactions.visibility.hooks.tag_link_permission",
	"File": "crm_interactions.visibility.hooks.file_permission",
	"Captured Item": "crm_interactions.capture.visibility.item_permission",
	"Activity Plan Run": "crm_interactions.visibility.hooks.plan_run_permission",
	"Dashboard Chart": "crm_interactions.insight.charts.chart_permission",
}

override_whitelisted_methods = {  # Frappe's methods ignore row-level permissions, and whole days
	"frappe.client.get_count": "crm_interactions.api.count.get_count",
	"frappe.desk.notifications.get_open_count": "crm_interactions.api.count.get_open_count",
	"frappe.desk.calendar.update_event": "crm_interactions.api.calendar.update_event",
	"frappe.desk.search.search_link": "crm_interactions.api.search.search_link",
	"frappe.desk.search.search_widget": "crm_interactions.api.search.search_widget",
	"frappe.utils.global_search.search": "crm_interactions.api.search.search",
}
override_doctype_class = {
	"Data Import": "crm_interactions.platform.data_import.LimitedDataImport",
	"Email Account": "crm_interactions.integrations.frappe.email_account.CapturingEmailAccount",
}
ignore_links_on_delete = [  # logs don't block the deletion of the documents that they mention
	"Interaction Chain Log",
	"Interaction Chain Move",
	"Interaction Hand Over",
	"Interaction Hand Over Entry",
	"Interaction Reminder",
	"Captured Item",
	"Activity Plan Run",
	"Activity Plan Run Step",
]

scheduler_events = {
	"daily": ["crm_interactions.supervision.bulk_review.take_back_due"],
	"daily_long": ["crm_interactions.insight.paces.refresh"],
	"cron": {
		"*/5 * * * *": ["crm_interactions.reminders.jobs.send_reminders"],
		"*/15 * * * *": ["crm_interactions.reminders.jobs.send_digests"],
		"*/10 * * * *": ["crm_interactions.handover.job.go_on"],
	},
}
default_log_clearing_doctypes = {"Interaction Reminder": 90}
global_search_doctypes = {
	"Default": [
		{"doctype": "Interaction"},
		{"doctype": "Meeting"},
		{"doctype": "Product Record"},
		{"doctype": "Partner"},
		{"doctype": "Interaction Chain"},
	]
}
