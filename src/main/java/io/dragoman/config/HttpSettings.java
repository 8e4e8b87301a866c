// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Cidr;
import io.dragoman.connector.Setting;
import io.dragoman.http.server.PortLimits;
import java.net.URI;
import java.util.List;

/**
 * The public port: {@code http} of {@code gateway.yaml}.
 *
 * @param port 0 for any free one
 * @param publicUrl where the outside world reaches it, without a trailing slash
 * @param limits what others may do to it, and to the admin port
 */
public record HttpSettings(String host, int port, URI publicUrl, PortLimits limits) {
    static final Setting<String> HOST = Setting.text(
                    "http.host", "Address of the public port, where providers post to; 0.0.0.0 is every interface.")
            .or("0.0.0.0");
    static final Setting<Integer> PORT =
            Setting.integer("http.port", "Number of the public port.", 0, 65535).or("8080");
    static final Setting<URI> PUBLIC_URL = Setting.url(
            "http.publicUrl",
            "Where the outside world reaches the public port: webhooks, media links and request signatures are made of "
                    + "it. It is the address of the proxy in front, where there is one. Without it,"
                    + " http://localhost and the port.");
    private static final Setting<Long> MAX_BODY = Size.setting(
                    "http.maxBody", "Largest request body that is accepted; a larger one gets 413.", 64L * 1024 * 1024)
            .or("4 MB");
    private static final Setting<Integer> MAX_RATE = Setting.integer(
                    "http.maxRate",
                    "How many requests a second one address may send to a port; beyond, it gets 429. 0 removes the "
                            + "limit.",
                    0,
                    10_000_000)
            .or("5000");
    private static final Setting<Integer> MAX_REFUSED = Setting.integer(
                    "http.maxRefused",
                    "How many failed authentications (wrong signature or token) a minute one address may cause. Beyond, "
                            + "its failing requests get 429, and the admin port blocks it for up to a minute.",
                    1,
                    1_000_000)
            .or("60");
    private static final Setting<Long> MAX_HELD = Size.setting(
                    "http.maxHeld",
                    "How much memory the bodies of all requests under way may take together; beyond, the answer is 503.",
                    4096L * 1024 * 1024)
            .or("32 MB");
    private static final Setting<Integer> MAX_CONNECTIONS = Setting.integer(
                    "http.maxConnections",
                    "How many connections a port keeps open. When there are more, the client that has been idle "
                            + "longest is disconnected.",
                    16,
                    1_000_000)
            .or("4000");
    static final Setting<Integer> MAX_TENANT_RATE = Setting.integer(
                    "http.maxTenantRate",
                    "How many requests a second one tenant may get at a port, of all addresses together; beyond, they get"
                            + " 429. 0 for any number. Only at the top of a home with tenants.",
                    0,
                    10_000_000)
            .or("0");
    static final Setting<List<Cidr>> TRUSTED_PROXIES = Blocks.setting(
            "http.trustedProxies",
            "Addresses, or blocks of them, of your own proxies, with commas between: a request through them "
                    + "counts for the client named in X-Forwarded-For. Without it, that header is ignored.");

    static final List<Setting<?>> ALL = List.of(
            HOST,
            PORT,
            PUBLIC_URL,
            MAX_BODY,
            MAX_RATE,
            MAX_TENANT_RATE,
            MAX_REFUSED,
            MAX_HELD,
            MAX_CONNECTIONS,
            TRUSTED_PROXIES);

    static HttpSettings of(SettingValues values) {
        int port = values.get(PORT);
        return new HttpSettings(
                values.get(HOST),
                port,
                values.find(PUBLIC_URL).orElseGet(() -> URI.create("http://localhost:" + port)),
                new PortLimits(
                        Math.toIntExact(values.get(MAX_BODY)),
                        values.get(MAX_RATE),
                        values.get(MAX_REFUSED),
                        values.get(MAX_HELD),
                        values.get(MAX_CONNECTIONS),
                        values.find(TRUSTED_PROXIES).orElse(List.of())));
    }

    /**
     * The same for a tenant: at the ports that all share, below its own path.
     *
     * @param named whether it says itself where the outside world reaches it
     */
    HttpSettings below(HttpSettings shared, String prefix, boolean named) {
        String base = shared.publicUrl.toString();
        URI below = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + prefix);
        return new HttpSettings(shared.host, shared.port, named ? publicUrl : below, limits);
    }
}
