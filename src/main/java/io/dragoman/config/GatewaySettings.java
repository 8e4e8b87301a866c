// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Cidr;
import io.dragoman.connector.ConversationPolicy;
import io.dragoman.connector.Setting;
import io.dragoman.delivery.DeliveryPolicy;
import io.dragoman.store.RetentionPolicy;
import io.dragoman.yaml.Node;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What {@code config/gateway.yaml} says, as those take it who use it. A setting is declared, with its default, where
 * its value is made. Immutable.
 *
 * @param mediaMaxSize the largest picture or file that is fetched, in bytes
 * @param allowPrivate the private addresses that links in messages may lead to
 * @param allowPlainHttp the hosts, each with its port, that links in messages may lead to without TLS
 * @param retention after how long what is kept is erased
 * @param traces where traces go; empty when none are made
 * @param inbox the topic that what is posted goes through; empty when it goes straight into the store
 */
public record GatewaySettings(
        HttpSettings http,
        AdminSettings admin,
        StoreSettings store,
        DeliveryPolicy delivery,
        ConversationPolicy conversations,
        long mediaMaxSize,
        List<Cidr> allowPrivate,
        Set<String> allowPlainHttp,
        RetentionPolicy retention,
        Optional<TraceSettings> traces,
        Optional<InboxSettings> inbox) {
    private static final Setting<Long> MEDIA_MAX_SIZE = Size.setting(
                    "mediaMaxSize",
                    "Largest picture or file that is fetched; of a larger one the desk gets only the name and size.",
                    2048L * 1024 * 1024)
            .or("32 MB");
    private static final Setting<List<Cidr>> ALLOW_PRIVATE = Blocks.setting(
            "outbound.allowPrivate",
            "Addresses, or blocks of them, in your own network that links in messages may lead to, with commas "
                    + "between, such as 10.1.0.0/16; all other private ones are refused. What you configure yourself, "
                    + "such as a desk's url, may be anywhere.");

    private static final Setting<Set<String>> ALLOW_PLAIN_HTTP = PlainHosts.setting(
            "outbound.allowPlainHttp",
            "Hosts that links in messages may lead to by http:, without TLS, each with its port where that is not 80, "
                    + "with commas between, such as files.internal, 10.1.0.5:8065. A private address needs allowPrivate "
                    + "too. The files of a desk at its own url's host and port need neither.");

    /** All of them, in the order of the reference. */
    public static final List<Setting<?>> ALL = Stream.of(
                    HttpSettings.ALL,
                    AdminSettings.ALL,
                    StoreSettings.ALL,
                    InboxSettings.ALL,
                    DeliverySettings.ALL,
                    ConversationSettings.ALL,
                    List.of(MEDIA_MAX_SIZE, ALLOW_PRIVATE, ALLOW_PLAIN_HTTP),
                    RetentionSettings.ALL,
                    TraceSettings.ALL)
            .<Setting<?>>flatMap(List::stream)
            .toList();

    public GatewaySettings {
        allowPrivate = List.copyOf(allowPrivate);
        allowPlainHttp = Set.copyOf(allowPlainHttp);
    }

    /**
     * What the values say; defaults where they say nothing.
     *
     * @param access reads what is no plain setting
     * @param home what relative files and folders are below
     */
    static GatewaySettings of(SettingValues values, TokenReader access, Node gateway, Path home) {
        return new GatewaySettings(
                HttpSettings.of(values),
                AdminSettings.of(values, access.read(gateway), access.roles(gateway)),
                StoreSettings.of(values, home),
                DeliverySettings.of(values),
                ConversationSettings.of(values),
                values.get(MEDIA_MAX_SIZE),
                values.find(ALLOW_PRIVATE).orElse(List.of()),
                values.find(ALLOW_PLAIN_HTTP).orElse(Set.of()),
                RetentionSettings.of(values),
                TraceSettings.of(values),
                InboxSettings.of(values));
    }

    /** The same for a tenant of an installation with these ports. */
    GatewaySettings below(SharedSettings shared, TenantHome tenant, boolean named) {
        return new GatewaySettings(
                http.below(shared.http(), tenant.prefix(), named),
                admin.below(shared.admin(), tenant.prefix()),
                store,
                delivery,
                conversations,
                mediaMaxSize,
                allowPrivate,
                allowPlainHttp,
                retention,
                traces,
                inbox);
    }

    /** The same with another default desk. */
    GatewaySettings withDesk(String desk) {
        ConversationPolicy policy =
                new ConversationPolicy(desk, conversations.reopenWithin(), conversations.mediaWait());
        return with(policy);
    }

    /** The same with another policy for conversations. */
    GatewaySettings with(ConversationPolicy other) {
        return new GatewaySettings(
                http,
                admin,
                store,
                delivery,
                other,
                mediaMaxSize,
                allowPrivate,
                allowPlainHttp,
                retention,
                traces,
                inbox);
    }

    /** The same with other tokens for the admin port. */
    GatewaySettings withTokensOf(AdminSettings other) {
        return new GatewaySettings(
                http,
                admin.withTokensOf(other),
                store,
                delivery,
                conversations,
                mediaMaxSize,
                allowPrivate,
                allowPlainHttp,
                retention,
                traces,
                inbox);
    }

    /** What of {@code next} only a restart brings into force, by the names of the configuration. */
    List<String> restartFor(GatewaySettings next) {
        return Stream.of(
                        differs("http", http, next.http),
                        differs("admin", admin.withTokensOf(next.admin), next.admin),
                        differs("store", store, next.store),
                        differs("delivery", delivery, next.delivery),
                        differs("retention", retention, next.retention),
                        differs("traces", traces, next.traces),
                        differs("inbox", inbox, next.inbox),
                        differs("mediaMaxSize", mediaMaxSize, next.mediaMaxSize),
                        differs(
                                "outbound",
                                List.of(allowPrivate, allowPlainHttp),
                                List.of(next.allowPrivate, next.allowPlainHttp)))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> differs(String name, Object running, Object next) {
        return running.equals(next) ? List.of() : List.of(name);
    }
}
