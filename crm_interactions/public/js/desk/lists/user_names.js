/** Let boards and reports show these users by name: Frappe shows addresses, because the names of users aren't titles of links. */
export function name_users(users) {
	for (const user of new Set(users)) {
		if (user) frappe.utils.add_link_title("User", user, frappe.user_info(user).fullname || user);
	}
}
