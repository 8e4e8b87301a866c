// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
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
                        written("channel.configured", config::putChannel, audit),
                        DRY_RUN),
                routes.act(
                        "DELETE",
                        AdminRoutes.API + "config/channels/{id}",
                        written("channel.removed", config::removeChannel, audit),
                        DRY_RUN),
                routes.act(
                        "PUT",
                        AdminRoutes.API + "config/desks/{id}",
                        written("desk.configured", config::putDesk, audit),
                        DRY_RUN),
                routes.act(
                        "DELETE",
                        AdminRoutes.API + "config/desks/{id}",
                        written("desk.removed", config::removeDesk, audit),
                        DRY_RUN),
                routes.act(
                        "PUT",
                        AdminRoutes.API + "config/desks/{id}/default",
                        written("desk.made-default", config::defaultDesk, audit),
                        DRY_RUN),
                routes.act("PUT", AdminRoutes.API + "secrets/{id}", written("secret.written", config::secret, audit)),
                routes.act(
                        "DELETE",
                        AdminRoutes.API + "secrets/{id}",
                        written("secret.removed", config::removeSecret, audit)),
                routes.post(
                        AdminRoutes.API + "channels/{id}/test", noted("channel.tested", accounts::testChannel, audit)),
                routes.post(AdminRoutes.API + "desks/{id}/test", noted("desk.tested", accounts::testDesk, audit)),
                routes.post(
                        AdminRoutes.API + "channels/{id}/connect",
                        noted("channel.connected", accounts::connectChannel, audit)),
                routes.post(
                        AdminRoutes.API + "desks/{id}/connect", noted("desk.connected", accounts::connectDesk, audit)),
                routes.get(AdminRoutes.API + "rules", rules::overview),
                routes.act("PUT", AdminRoutes.API + "rules", written("rules.changed", config::rules, audit), DRY_RUN),
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

    /** A changed file is in the audit log before it is written, and with its outcome behind; a dry run changes nothing. */
    private static AdminRoutes.Look written(String action, AdminRoutes.Look look, AuditTrail audit) {
        return request -> {
            if (request.flag(DRY_RUN)) {
                return look.answer(request);
            }
            String target = request.id().isEmpty() ? null : request.id();
            audit.begin(request.actor(), action, target);
            String outcome = "failed";
            try {
                ApiResponse answer = look.answer(request);
                outcome = answer.status() < 300 ? "done" : "refused";
                return answer;
            } catch (Refusal e) {
                outcome = "refused";
                throw e;
            } finally {
                audit.note(request.actor(), action, target, outcome);
            }
        };
    }

    /** What changes something else is in the audit log once it is done. */
    private static AdminRoutes.Look noted(String action, AdminRoutes.Look look, AuditTrail audit) {
        return request -> {
            ApiResponse answer = look.answer(request);
            if (answer.status() < 300) {
                audit.note(request.actor(), action, request.id().isEmpty() ? null : request.id());
            }
            return answer;
        };
    }
}
