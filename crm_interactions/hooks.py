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

app_include_js = "crm_interactions.bundle.js"
app_include_css = ["crm_interactions.bundle.css", "crm_interactions_chains.bundle.css"]

after_install = "crm_interactions.install.after_install"
after_app_install = "crm_interactions.install.after_app_install"
after_migrate = "crm_interactions.install.after_migrate"
before_app_uninstall = "crm_interactions.uninstall.before_app_uninstall"
before_uninstall = "crm_interactions.uninstall.before_uninstall"
after_uninstall = "crm_interactions.uninstall.after_uninstall"

extend_bootinfo = "crm_interactions.boot.extend"

doc_events = {
	"*": {
		"before_insert": "crm_interactions.journal.events.before_insert",
		"before_validate": "crm_interactions.journal.events.before_validate",
		"on_update": "crm_interactions.parties.names.on_update",
		"on_change": [
			"crm_interactions.journal.events.on_change",
			"crm_interactions.followups.events.on_change",
		],
		"on_trash": [
			"crm_interactions.journal.events.on_trash",
			"crm_interactions.followups.events.on_trash",
		],
		"before_rename": "crm_interactions.journal.events.before_rename",
		"after_rename": [
			"crm_interactions.parties.names.after_rename",
			"crm_interactions.journal.events.after_rename",
		],
	},
	"Communication": {
		"on_update": "crm_interactions.integrations.frappe.communication.on_update",
	},
	"Comment": {
		"after_insert": "crm_interactions.integrations.frappe.comment.after_insert",
	},
	"Event": {
		"validate": "crm_interactions.integrations.frappe.event.validate",
		"on_trash": "crm_interactions.integrations.frappe.event.on_trash",
	},
	"File": {
		"after_insert": "crm_interactions.integrations.frappe.file.after_insert",
		"on_update": "crm_interactions.integrations.frappe.file.on_update",
		"after_delete": "crm_interactions.integrations.frappe.file.after_delete",
	},
}

permission_query_conditions = {
	"Activity Link": "crm_interactions.visibility.hooks.activity_link_conditions",
	"Interaction Chain": "crm_interactions.visibility.hooks.interaction_chain_conditions",
	"Interaction Reminder": "crm_interactions.visibility.hooks.interaction_reminder_conditions",
}
has_permission = {
	"Activity Link": "crm_interactions.visibility.hooks.activity_link_permission",
	"Interaction Chain": "crm_interactions.visibility.hooks.interaction_chain_permission",
	"Interaction Reminder": "crm_interactions.visibility.hooks.interaction_reminder_permission",
}

# what the log tells of may be deleted; a chain's entries go with it, and so does what was told of an activity
ignore_links_on_delete = ["Interaction Chain Log", "Interaction Chain Move", "Interaction Reminder"]

scheduler_events = {
	"cron": {
		"*/5 * * * *": ["crm_interactions.followups.jobs.send_reminders"],
		# some time zones begin their hours at a quarter
		"*/15 * * * *": ["crm_interactions.followups.jobs.send_digests"],
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
