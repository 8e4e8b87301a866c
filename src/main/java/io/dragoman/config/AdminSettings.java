// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The admin port: {@code admin} of {@code gateway.yaml}.
 *
 * @param port 0 for any free one
 * @param readOnlyConfig whether the files of the configuration are changed by an editor alone
 * @param token null when one must be made: only on the loopback address
 */
public record AdminSettings(String host, int port, @Nullable Secret token, boolean readOnlyConfig) {
    static final Setting<String> HOST = Setting.text(
                    "admin.host",
                    "Address of the admin port: API, health and metrics. Keep it on the loopback address"
                            + " or behind a proxy of your own.")
            .or("127.0.0.1");
    static final Setting<Integer> PORT =
            Setting.integer("admin.port", "Number of the admin port.", 0, 65535).or("8081");
    static final Setting<Secret> TOKEN = Setting.secret(
            "admin.token",
            "Bearer token that every request to the admin port must carry. Without it one is generated at the "
                    + "first start and stored with the data, as long as the admin port is on the loopback address.");

    static final Setting<Boolean> READ_ONLY = Setting.flag(
                    "admin.readOnlyConfig",
                    "Refuses to change the files of config/ and secrets/ over the API and by commands: for those who keep"
                            + " them under version control.")
            .or("false");

    static final List<Setting<?>> ALL = List.of(HOST, PORT, TOKEN, READ_ONLY);

    static AdminSettings of(SettingValues values) {
        return new AdminSettings(
                values.get(HOST), values.get(PORT), values.find(TOKEN).orElse(null), values.get(READ_ONLY));
    }
}
