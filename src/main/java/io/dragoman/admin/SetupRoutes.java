// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.app.Configuring;
import io.dragoman.model.Role;
import java.time.Clock;
import java.util.List;

/** What the admin port answers on the configuration: its part of the table. */
final class SetupRoutes {
    private static final String DRY_RUN = "dryRun";

    private SetupRoutes() {}

    static List<ApiRoute> of(Configuring configuring, AdminRoutes routes, Clock clock) {
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
                routes.act("PUT", AdminRoutes.API + "config/channels/{id}", config::putChannel, DRY_RUN),
                routes.act("DELETE", AdminRoutes.API + "config/channels/{id}", config::removeChannel, DRY_RUN),
                routes.act("PUT", AdminRoutes.API + "config/desks/{id}", config::putDesk, DRY_RUN),
                routes.act("DELETE", AdminRoutes.API + "config/desks/{id}", config::removeDesk, DRY_RUN),
                routes.act("PUT", AdminRoutes.API + "secrets/{id}", config::secret),
                routes.post(AdminRoutes.API + "channels/{id}/test", accounts::testChannel),
                routes.post(AdminRoutes.API + "desks/{id}/test", accounts::testDesk),
                routes.get(AdminRoutes.API + "rules", rules::overview),
                routes.act("PUT", AdminRoutes.API + "rules", config::rules, DRY_RUN),
                routes.post(AdminRoutes.API + "rules/check", rules::check),
                routes.post(AdminRoutes.API + "rules/try", rules::attempt),
                routes.post(AdminRoutes.API + "rules/backtest", rules::backtest),
                routes.get(AdminRoutes.API + "rules/shadow", rules::shadow),
                routes.act("PUT", AdminRoutes.API + "rules/shadow", rules::startShadow),
                routes.act("DELETE", AdminRoutes.API + "rules/shadow", rules::endShadow));
    }
}
