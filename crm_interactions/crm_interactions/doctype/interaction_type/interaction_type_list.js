frappe.listview_settings["Interaction Type"] = {
	formatters: {
		/** The colour itself instead of its code. */
		color(value) {
			if (!frappe.ui.color.validate_hex(value)) return "";
			return `<span class="crm-color" style="background-color: ${value}" title="${value}"></span>`;
		},
	},
};
