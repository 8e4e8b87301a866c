// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.model.Role;
import io.dragoman.model.Words;
import io.dragoman.rules.schema.SchemaKey;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The admin port: {@code admin} of {@code gateway.yaml}.
 *
 * @param port 0 for any free one
 * @param token null when one must be made: only on the loopback address
 * @param tokens of others, each with its name and role
 * @param sessionIdle after how long without a request a session of the console ends
 * @param readOnlyConfig whether the files of the configuration are changed by an editor alone
 */
public record AdminSettings(
        String host,
        int port,
        @Nullable Secret token,
        List<NamedToken> tokens,
        Duration sessionIdle,
        boolean readOnlyConfig) {
    static final Setting<String> HOST = Setting.text(
                    "admin.host",
                    "Address of the admin port: API, health and metrics. Keep it on the loopback address"
                            + " or behind a proxy of your own.")
            .or("127.0.0.1");
    static final Setting<Integer> PORT =
            Setting.integer("admin.port", "Number of the admin port.", 0, 65535).or("8081");
    static final Setting<Secret> TOKEN = Setting.secret(
            "admin.token",
            "Bearer token of the operator named admin, and of the command line. Without it one is generated at the "
                    + "first start and stored with the data, as long as the admin port is on the loopback address.");

    static final Setting<Boolean> READ_ONLY = Setting.flag(
                    "admin.readOnlyConfig",
                    "Refuses to change the files of config/ and secrets/ over the API and by commands: for those who keep"
                            + " them under version control.")
            .or("false");

    static final Setting<Duration> SESSION_IDLE = Setting.duration(
                    "admin.sessionIdle",
                    "After how long without a request a session of the console ends; after 12 h it ends in any case.")
            .or("30m");

    static final List<Setting<?>> ALL = List.of(HOST, PORT, TOKEN, SESSION_IDLE, READ_ONLY);

    /** What is no plain setting. */
    public static final List<SchemaKey> KEYS = List.of(
            new SchemaKey(
                    "admin.tokens",
                    SchemaKey.Form.MAP,
                    "More bearer tokens, each by the name of who has it. ./dragoman token new prints one and its lines.",
                    ""),
            new SchemaKey(
                    "admin.tokens.*.role",
                    SchemaKey.Form.WORD,
                    Words.all(Role.class),
                    "A viewer looks; an agent answers, notes, tags, assigns and closes besides; an operator may do"
                            + " everything.",
                    "agent"),
            new SchemaKey(
                    "admin.tokens.*.hash",
                    SchemaKey.Form.TEXT,
                    "The token's hash; the token itself is kept nowhere.",
                    "\"sha256:2c26b46b…\""));

    public AdminSettings {
        tokens = List.copyOf(tokens);
    }

    static AdminSettings of(SettingValues values, List<NamedToken> tokens) {
        return new AdminSettings(
                values.get(HOST),
                values.get(PORT),
                values.find(TOKEN).orElse(null),
                tokens,
                values.get(SESSION_IDLE),
                values.get(READ_ONLY));
    }

    /**
     * A token that only its owner has.
     *
     * @param sha256 in 64 hexadecimal digits
     */
    public record NamedToken(String name, Role role, String sha256) {}
}
