// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.model.Role;
import io.dragoman.model.Words;
import io.dragoman.rules.schema.SchemaKey;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The admin port: {@code admin} of {@code gateway.yaml}.
 *
 * @param port 0 for any free one
 * @param token null when one must be made: only on the loopback address
 * @param tokens of others, each with its name and role
 * @param sessionIdle after how long without a request a session of the console ends
 * @param readOnlyConfig whether the files of the configuration are changed by an editor alone
 * @param oidc the identity provider at which people log in to the console; null for none
 * @param base what stands before every path; empty but for a tenant's
 */
public record AdminSettings(
        String host,
        int port,
        @Nullable Secret token,
        List<NamedToken> tokens,
        Duration sessionIdle,
        boolean readOnlyConfig,
        @Nullable Oidc oidc,
        String base) {
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

    static final Setting<URI> ISSUER = Setting.url(
                    "admin.oidc.issuer",
                    "Address of an identity provider with OpenID Connect, at which people log in to the console; it"
                            + " describes itself at /.well-known/openid-configuration below.")
            .need();
    static final Setting<String> CLIENT_ID = Setting.text(
                    "admin.oidc.clientId",
                    "The client's id there. Register <consoleUrl>/console/oidc/callback as its redirect address.")
            .need();
    static final Setting<Secret> CLIENT_SECRET = Setting.secret("admin.oidc.clientSecret", "The client's secret there.")
            .need();
    static final Setting<URI> CONSOLE_URL = Setting.url(
                    "admin.oidc.consoleUrl",
                    "Where browsers reach the admin port, such as https://console.example.com.")
            .need();
    static final Setting<String> SCOPE = Setting.text(
                    "admin.oidc.scope", "What is asked for about who logs in, with spaces between.")
            .or("openid profile email");
    static final Setting<String> ROLE_CLAIM = Setting.text(
                    "admin.oidc.roleClaim",
                    "The claim of the ID token with the groups of who logs in; a dot is a level, as in"
                            + " realm_access.roles.")
            .or("roles");

    static final List<Setting<?>> ALL = List.of(
            HOST,
            PORT,
            TOKEN,
            SESSION_IDLE,
            READ_ONLY,
            ISSUER,
            CLIENT_ID,
            CLIENT_SECRET,
            CONSOLE_URL,
            SCOPE,
            ROLE_CLAIM);

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
                    "\"sha256:2c26b46b…\""),
            groups("operator"),
            groups("agent"),
            groups("viewer"));

    private static SchemaKey groups(String role) {
        return new SchemaKey(
                "admin.oidc.roles." + role,
                SchemaKey.Form.TEXTS,
                "The groups in the claim whose members have the role " + role + ". Who is in none is not let in.",
                "[support]");
    }

    public AdminSettings {
        tokens = List.copyOf(tokens);
    }

    /** At a port of its own. */
    public AdminSettings(
            String host,
            int port,
            @Nullable Secret token,
            List<NamedToken> tokens,
            Duration sessionIdle,
            boolean readOnlyConfig,
            @Nullable Oidc oidc) {
        this(host, port, token, tokens, sessionIdle, readOnlyConfig, oidc, "");
    }

    /** The same with the tokens of another. */
    AdminSettings withTokensOf(AdminSettings other) {
        return new AdminSettings(host, port, other.token, other.tokens, sessionIdle, readOnlyConfig, oidc, base);
    }

    /** The same at the port that tenants share, below a path. */
    AdminSettings below(AdminSettings shared, String path) {
        return new AdminSettings(shared.host, shared.port, token, tokens, sessionIdle, readOnlyConfig, oidc, path);
    }

    /** That of an installation with tenants: without a console, and with no configuration to change. */
    static AdminSettings shared(SettingValues values, List<NamedToken> tokens) {
        return new AdminSettings(
                values.get(HOST),
                values.get(PORT),
                values.find(TOKEN).orElse(null),
                tokens,
                Duration.ZERO,
                true,
                null,
                "");
    }

    static AdminSettings of(SettingValues values, List<NamedToken> tokens, Map<Role, List<String>> roles) {
        return new AdminSettings(
                values.get(HOST),
                values.get(PORT),
                values.find(TOKEN).orElse(null),
                tokens,
                values.get(SESSION_IDLE),
                values.get(READ_ONLY),
                oidc(values, roles),
                "");
    }

    private static @Nullable Oidc oidc(SettingValues values, Map<Role, List<String>> roles) {
        Optional<URI> issuer = values.find(ISSUER);
        Optional<String> client = values.find(CLIENT_ID);
        Optional<Secret> secret = values.find(CLIENT_SECRET);
        Optional<URI> console = values.find(CONSOLE_URL);
        return issuer.isPresent() && client.isPresent() && secret.isPresent() && console.isPresent()
                ? new Oidc(
                        issuer.get(),
                        client.get(),
                        secret.get(),
                        console.get(),
                        values.get(SCOPE),
                        values.get(ROLE_CLAIM),
                        roles)
                : null;
    }

    /**
     * An identity provider.
     *
     * @param roles the groups of each role
     */
    public record Oidc(
            URI issuer,
            String clientId,
            Secret clientSecret,
            URI consoleUrl,
            String scope,
            String roleClaim,
            Map<Role, List<String>> roles) {
        public Oidc {
            roles = Map.copyOf(roles);
        }
    }

    /**
     * A token that only its owner has.
     *
     * @param sha256 in 64 hexadecimal digits
     */
    public record NamedToken(String name, Role role, String sha256) {}
}
