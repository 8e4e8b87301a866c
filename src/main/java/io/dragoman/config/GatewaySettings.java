// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.http.Cidr;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;

/** What {@code config/gateway.yaml} can say, declared as a connector declares its settings. */
public final class GatewaySettings {
    static final Setting<String> HTTP_HOST = Setting.text(
                    "http.host", "Address of the public port, where providers post to; 0.0.0.0 is every interface.")
            .or("0.0.0.0");
    static final Setting<Integer> HTTP_PORT =
            Setting.integer("http.port", "Number of the public port.", 0, 65535).or("8080");
    static final Setting<URI> HTTP_PUBLIC_URL = Setting.url(
            "http.publicUrl",
            "Where the outside world reaches the public port: webhooks, media links and request signatures are made of "
                    + "it. It is the address of the proxy in front, where there is one. Without it,"
                    + " http://localhost and the port.");
    static final Setting<Long> HTTP_MAX_BODY = Size.setting(
                    "http.maxBody",
                    "Largest request body that is taken; a larger one is answered 413.",
                    64L * 1024 * 1024)
            .or("4 MB");
    static final Setting<Integer> HTTP_MAX_RATE = Setting.integer(
                    "http.maxRate",
                    "How many requests a second one address may send to a port; beyond, it is answered 429. 0 takes the "
                            + "limit away.",
                    0,
                    10_000_000)
            .or("5000");
    static final Setting<Integer> HTTP_MAX_REFUSED = Setting.integer(
                    "http.maxRefused",
                    "How many requests a minute of one address may be refused for a wrong signature or token. Beyond, "
                            + "its forgeries are answered 429, and at the admin port it is shut out for up to a minute.",
                    1,
                    1_000_000)
            .or("60");
    static final Setting<Long> HTTP_MAX_HELD = Size.setting(
                    "http.maxHeld",
                    "How much memory the bodies of all requests under way may take together; beyond, the answer is 503.",
                    4096L * 1024 * 1024)
            .or("32 MB");
    static final Setting<Integer> HTTP_MAX_CONNECTIONS = Setting.integer(
                    "http.maxConnections",
                    "How many connections a port keeps open. When there are more, the client that has let us wait "
                            + "longest is disconnected.",
                    16,
                    1_000_000)
            .or("4000");
    static final Setting<List<Cidr>> HTTP_TRUSTED_PROXIES = Blocks.setting(
            "http.trustedProxies",
            "Addresses, or blocks of them, of your own proxies, with commas between: what they write into "
                    + "X-Forwarded-For is who a request counts for. Without it, that header is not looked at.");
    static final Setting<List<Cidr>> OUTBOUND_ALLOW_PRIVATE = Blocks.setting(
            "outbound.allowPrivate",
            "Addresses, or blocks of them, in your own network that links in messages may lead to, with commas "
                    + "between, such as 10.1.0.0/16; all other private ones are refused. What you configure yourself, "
                    + "such as a desk's url, may be anywhere.");
    static final Setting<String> ADMIN_HOST = Setting.text(
                    "admin.host",
                    "Address of the admin port: API, health and metrics. Keep it on the loopback address"
                            + " or behind a proxy of your own.")
            .or("127.0.0.1");
    static final Setting<Integer> ADMIN_PORT =
            Setting.integer("admin.port", "Number of the admin port.", 0, 65535).or("8081");
    static final Setting<Secret> ADMIN_TOKEN = Setting.secret(
            "admin.token",
            "Bearer token that every request to the admin port must carry. Without it one is made at the first start "
                    + "and kept with the data, as long as the admin port is on the loopback address.");
    static final Setting<String> STORE_URL = new Setting<>(
            "store.url",
            "Where everything is kept: sqlite: and a file below the home folder,"
                    + " or postgresql://user@host:5432/name.",
            Setting.Type.TEXT,
            "sqlite:data/dragoman.db",
            false,
            List.of(),
            GatewaySettings::storeUrl);
    static final Setting<Secret> STORE_PASSWORD =
            Setting.secret("store.password", "Password of the PostgreSQL user in store.url.");
    static final Setting<String> STORE_FOLDER = Setting.text(
            "store.folder",
            "Where media, large bodies and this installation's key are kept, below the home folder. Gateways that share a"
                    + " PostgreSQL share this folder too. Without it: the folder of the SQLite file, or data.");
    static final Setting<Duration> GIVE_UP_AFTER = Setting.duration(
                    "delivery.giveUpAfter",
                    "How long a delivery is tried, with growing waits, before it is dead; until then it holds up what"
                            + " follows it in its conversation.")
            .or("3d");
    static final Setting<Duration> GIVE_UP_AUTOMATIC_AFTER = Setting.duration(
                    "delivery.giveUpAutomaticAfter",
                    "The same for automatic replies and for marking messages as seen, which help nobody when they are late.")
            .or("1h");
    static final Setting<OnGiveUp> ON_GIVE_UP = Setting.choice(
                    "delivery.onGiveUp",
                    "What becomes of a delivery whose time is over: dead, and the conversation goes on; or pause, and the"
                            + " conversation waits until somebody resumes it.",
                    OnGiveUp.class)
            .or("dead");
    static final Setting<Integer> AT_ONCE = Setting.integer(
                    "delivery.atOnce", "How many deliveries to one channel or desk may be under way at once.", 1, 64)
            .or("8");
    static final Setting<String> DESK = Setting.text(
            "desk", "The desk where conversations go unless a rule says otherwise; needed when there are several.");
    static final Setting<Duration> REOPEN_WITHIN = Setting.duration(
                    "reopenWithin",
                    "How long after it was closed a message reopens a conversation; later it starts a new one that is "
                            + "linked to the old.")
            .or("7d");
    static final Setting<Duration> MEDIA_WAIT = Setting.duration(
                    "mediaWait",
                    "How long a message waits for its pictures and files before it goes to the desk without them, with "
                            + "a link that works later.")
            .or("10s");
    static final Setting<Long> MEDIA_MAX_SIZE = Size.setting(
                    "mediaMaxSize",
                    "Largest picture or file that is fetched; of a larger one the desk is told its name and size.",
                    2048L * 1024 * 1024)
            .or("32 MB");

    /** All of them, in the order of the reference. */
    public static final List<Setting<?>> ALL = List.of(
            HTTP_HOST,
            HTTP_PORT,
            HTTP_PUBLIC_URL,
            HTTP_MAX_BODY,
            HTTP_MAX_RATE,
            HTTP_MAX_REFUSED,
            HTTP_MAX_HELD,
            HTTP_MAX_CONNECTIONS,
            HTTP_TRUSTED_PROXIES,
            ADMIN_HOST,
            ADMIN_PORT,
            ADMIN_TOKEN,
            STORE_URL,
            STORE_PASSWORD,
            STORE_FOLDER,
            GIVE_UP_AFTER,
            GIVE_UP_AUTOMATIC_AFTER,
            ON_GIVE_UP,
            AT_ONCE,
            DESK,
            REOPEN_WITHIN,
            MEDIA_WAIT,
            MEDIA_MAX_SIZE,
            OUTBOUND_ALLOW_PRIVATE);

    /** What becomes of a delivery whose time is over. */
    public enum OnGiveUp {
        DEAD,
        PAUSE
    }

    private GatewaySettings() {}

    private static String storeUrl(String text) {
        if (text.startsWith("sqlite:") && text.length() > "sqlite:".length()) {
            return text;
        }
        try {
            URI uri = new URI(text);
            if ("postgresql".equals(uri.getScheme()) && uri.getHost() != null) {
                String user = uri.getUserInfo();
                if (user != null && user.indexOf(':') >= 0) {
                    throw new IllegalArgumentException(
                            "must not contain a password; put it into store.password as \"${env:NAME}\"");
                }
                return text;
            }
        } catch (URISyntaxException e) {
            // falls through to the one message
        }
        throw new IllegalArgumentException("must be sqlite:data/dragoman.db or postgresql://user@host:5432/name");
    }
}
