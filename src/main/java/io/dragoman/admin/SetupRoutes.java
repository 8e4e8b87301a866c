// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.app.Configuring;
import java.util.List;

/** What the admin port answers on the configuration: its part of the table. */
final class SetupRoutes {
    private SetupRoutes() {}

    static List<ApiRoute> of(Configuring configuring, AdminRoutes routes) {
        AccountApi accounts = new AccountApi(configuring.accounts(), configuring.kinds());
        return List.of(
                routes.get(AdminRoutes.API + "channels", accounts::channels),
                routes.get(AdminRoutes.API + "channels/{id}", accounts::channel),
                routes.get(AdminRoutes.API + "desks", accounts::desks),
                routes.get(AdminRoutes.API + "desks/{id}", accounts::desk),
                routes.get(AdminRoutes.API + "kinds", accounts::kinds, "side"));
    }
}
