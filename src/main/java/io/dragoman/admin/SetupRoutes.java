// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.app.Configuring;
import io.dragoman.app.audit.AuditTrail;
import io.dragoman.model.Role;
import java.time.Clock;
import java.util.List;

/** What the admin port answers on the configuration: its part of the table. */
final class SetupRoutes {
    private static final String DRY_RUN = "dryRun";

    private SetupRoutes() {}

    static List<ApiRoute> of(Configuring configuring, AdminRoutes routes, AuditTrail audit, Clock clock) {
        AccountApi accounts = new AccountApi(configuring);
        RulesApi rules = new RulesApi(configuring.rules(), clock);
        ConfigApi config = new ConfigApi(configuring.changes());
        return List.of(
                routes.get(AdminRoutes.API + "channels", accounts::channels),
                routes.get(AdminRoutes.API + "channels/{id}", accounts::channel),
                routes.get(AdminRoutes.API + "desks", accounts::desks),
                routes.get(AdminRoutes.API + "desks/{id}", accounts::desk),
                routes.get(AdminRoutes.API + "kinds", accounts::kinds, "side"),
                routes.get(AdminRoutes.API + "config", config::overview).by(Role.OPERATOR),
                routes.act(
                        "PUT",
                        AdminRoutes.API + "config/channels/{id}",
                        noted("channel.configured", config::putChannel, audit),
                        DRY_RUN),
                routes.act(
                        "DELETE",
                        AdminRoutes.API + "config/channels/{id}",
                        noted("channel.removed", config::removeChannel, audit),
                        DRY_RUN),
                routes.act(
                        "PUT",
                        AdminRoutes.API + "config/desks/{id}",
                        noted("desk.configured", config::putDesk, audit),
                        DRY_RUN),
                routes.act(
                        "DELETE",
                        AdminRoutes.API + "config/desks/{id}",
                        noted("desk.removed", config::removeDesk, audit),
                        DRY_RUN),
                routes.act(
                        "PUT",
                        AdminRoutes.API + "config/desks/{id}/default",
                        noted("desk.made-default", config::defaultDesk, audit),
                        DRY_RUN),
                routes.act("PUT", AdminRoutes.API + "secrets/{id}", noted("secret.written", config::secret, audit)),
                routes.post(
                        AdminRoutes.API + "channels/{id}/test", noted("channel.tested", accounts::testChannel, audit)),
                routes.post(AdminRoutes.API + "desks/{id}/test", noted("desk.tested", accounts::testDesk, audit)),
                routes.get(AdminRoutes.API + "rules", rules::overview),
                routes.act("PUT", AdminRoutes.API + "rules", noted("rules.changed", config::rules, audit), DRY_RUN),
                routes.slow(AdminRoutes.API + "rules/check", rules::check),
                routes.slow(AdminRoutes.API + "rules/try", rules::attempt),
                routes.slow(AdminRoutes.API + "rules/backtest", rules::backtest),
                routes.get(AdminRoutes.API + "rules/shadow", rules::shadow),
                routes.act("PUT", AdminRoutes.API + "rules/shadow", noted("rules.shadowed", rules::startShadow, audit)),
                routes.act(
                        "DELETE",
                        AdminRoutes.API + "rules/shadow",
                        noted("rules.shadow-ended", rules::endShadow, audit)));
    }

    /** What changes something is in the audit log once it is done; a dry run changes nothing. */
    private static AdminRoutes.Look noted(String action, AdminRoutes.Look look, AuditTrail audit) {
        return request -> {
            ApiResponse answer = look.answer(request);
            if (answer.status() < 300 && !request.flag(DRY_RUN)) {
                audit.note(request.actor(), action, request.id().isEmpty() ? null : request.id());
            }
            return answer;
        };
    }
}
