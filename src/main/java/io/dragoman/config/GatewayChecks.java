// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Setting;
import io.dragoman.store.StoreUrl;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What no single setting of {@code gateway.yaml} shows, as far as the settings that it takes are good. */
final class GatewayChecks {
    private final Node gateway;
    private final SettingValues values;
    private final Problems problems;

    GatewayChecks(Node gateway, SettingValues values, Problems problems) {
        this.gateway = gateway;
        this.values = values;
        this.problems = problems;
    }

    /** Tells what is wrong. */
    void check() {
        publicUrl();
        ports();
        adminToken();
        identityProvider();
        storePassword();
        inboxSecurity();
        retention();
    }

    /** What a message may reopen must be there. */
    private void retention() {
        Optional<Duration> age = values.find(RetentionSettings.CONVERSATIONS);
        if (age.isPresent()
                && values.valid(RetentionSettings.CONVERSATIONS, ConversationSettings.REOPEN_WITHIN)
                && age.get().compareTo(values.get(ConversationSettings.REOPEN_WITHIN)) < 0) {
            problems.add(
                    at("retention", "conversations"),
                    "is less than reopenWithin, for which a message may reopen a closed conversation. Make it at least as"
                            + " long.");
        }
    }

    /** What customers write goes over that wire, and whoever can write into the topic writes as any of them. */
    private void inboxSecurity() {
        Optional<String> brokers = values.find(InboxSettings.BROKERS);
        boolean outside = brokers.isPresent()
                && Stream.of(brokers.get().split(",", -1))
                        .anyMatch(broker -> !loopback(broker.trim().replaceAll(":\\d+$", "")));
        if (outside
                && values.valid(InboxSettings.BROKERS, InboxSettings.CLIENT)
                && values.find(InboxSettings.CLIENT).isEmpty()) {
            problems.warn(
                    at("inbox", "kafka"),
                    "logs in nowhere: what customers write goes to Kafka in the clear, and whoever reaches the brokers"
                            + " can write into the topic. Set client, as \"${file:/run/secrets/client.properties}\".");
        }
    }

    /** The same for what tenants share. */
    void checkPorts() {
        publicUrl();
        ports();
        adminToken();
    }

    /** The same for a tenant, whose ports are the installation's, and whose store must be its own. */
    void checkTenant(TenantHome tenant, StoreSettings store) {
        publicUrl();
        identityProvider();
        storePassword();
        inboxSecurity();
        retention();
        for (Setting<?> shared : SharedSettings.SHARED_ALONE) {
            Node written = find(shared.name());
            if (written != null) {
                problems.add(
                        written,
                        "is for all tenants and cannot be set for one. Take the line out; it belongs into "
                                + tenant.top().resolve(Sources.label("gateway")) + ".");
            }
        }
        if (!tenant.owns(store.data())) {
            problems.add(
                    at("store", "folder"),
                    "leads out of the tenant's folder, where others' data could be. Take one below " + tenant.home()
                            + ".");
        }
        if (store.url() instanceof StoreUrl.Sqlite sqlite && !tenant.owns(sqlite.file())) {
            problems.add(
                    at("store", "url"),
                    "leads out of the tenant's folder, where others' data could be. Take a file below " + tenant.home()
                            + ".");
        }
    }

    private @Nullable Node find(String name) {
        Node at = gateway;
        for (String word : name.split("\\.", -1)) {
            at = at == null ? null : at.get(word).orElse(null);
        }
        return at;
    }

    /** Whoever can change what it says on the way can log in as anybody. */
    private void identityProvider() {
        Optional<URI> issuer = values.find(AdminSettings.ISSUER);
        if (issuer.isPresent()
                && !"https".equals(issuer.get().getScheme())
                && !loopback(issuer.get().getHost())) {
            problems.add(at("admin", "oidc"), "has an issuer that is not https. Write its https address.");
        }
        Optional<URI> console = values.find(AdminSettings.CONSOLE_URL);
        if (console.isPresent()
                && !"https".equals(console.get().getScheme())
                && !loopback(console.get().getHost())) {
            problems.warn(
                    at("admin", "oidc"),
                    "has a consoleUrl that is not https: cookies can be read on the way. Put a proxy with a certificate"
                            + " in front and write its https address.");
        }
    }

    private void publicUrl() {
        Optional<URI> url = values.find(HttpSettings.PUBLIC_URL);
        if (url.isEmpty()) {
            return;
        }
        Node at = at("http", "publicUrl");
        if (url.get().getRawQuery() != null) {
            problems.add(
                    at, "has a question mark in it but must be an address alone, such as https://chat.example.com.");
        }
        if (!"https".equals(url.get().getScheme()) && !loopback(url.get().getHost())) {
            problems.warn(
                    at,
                    "is not https: most providers refuse to post there, and what they post can be read on the way. Put a"
                            + " proxy with a certificate in front and write its https address.");
        }
    }

    private void ports() {
        int port = values.get(AdminSettings.PORT);
        if (values.valid(AdminSettings.PORT, HttpSettings.PORT) && port != 0 && port == values.get(HttpSettings.PORT)) {
            problems.add(
                    at("admin", "port"),
                    "is the public port's number too. What is for operators must not be public: take another number.");
        }
    }

    private void adminToken() {
        boolean guarded = values.find(AdminSettings.TOKEN).isPresent();
        if (values.valid(AdminSettings.TOKEN, AdminSettings.HOST)
                && !guarded
                && !loopback(values.get(AdminSettings.HOST))) {
            problems.missing(
                    gateway.get("admin").orElse(gateway),
                    "token",
                    "is missing, but admin.host lets others in than this machine. Add: token: \"${env:DRAGOMAN_TOKEN}\","
                            + " or take 127.0.0.1 as host.");
        }
    }

    private void storePassword() {
        if (values.find(StoreSettings.PASSWORD).isPresent()
                && values.valid(StoreSettings.URL)
                && StoreSettings.sqlite(values.get(StoreSettings.URL))) {
            problems.warn(at("store", "password"), "does nothing: SQLite has no passwords. Take the line out.");
        }
    }

    private Node at(String group, String name) {
        return gateway.get(group).flatMap(map -> map.get(name)).orElse(gateway);
    }

    private static boolean loopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1") || host.equals("[::1]");
    }
}
