// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Cidr;
import io.dragoman.connector.Setting;
import io.dragoman.delivery.DeliveryPolicy;
import io.dragoman.http.server.PortLimits;
import io.dragoman.store.RetentionPolicy;
import io.dragoman.store.StoreUrl;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Yaml;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Settings of a gateway without a file. */
public final class TestSettings {
    /** For tests that start one: on free ports of this machine, and with small limits. */
    private static final Map<String, String> LOCAL = Map.of(
            "http.host", "127.0.0.1",
            "http.port", "0",
            "http.publicUrl", "http://localhost:8080",
            "http.maxBody", "1 MB",
            "admin.port", "0",
            "store.url", "sqlite:dragoman.db",
            "mediaWait", "5s",
            "mediaMaxSize", "1 MB");

    private TestSettings() {}

    /** What holds when nothing is configured. */
    public static GatewaySettings defaults() {
        return of(Map.of(), Path.of("home"));
    }

    /**
     * A gateway on this machine.
     *
     * @param desk where conversations go; empty for nowhere
     */
    public static GatewaySettings local(Path data, String desk) {
        GatewaySettings settings = of(LOCAL, data);
        return desk.isEmpty() ? settings : settings.withDesk(desk);
    }

    /** The same with another store. */
    public static GatewaySettings with(GatewaySettings s, StoreUrl url) {
        StoreSettings store = new StoreSettings(
                url, s.store().data(), s.store().key(), s.store().s3());
        return new GatewaySettings(
                s.http(),
                s.admin(),
                store,
                s.delivery(),
                s.conversations(),
                s.mediaMaxSize(),
                s.allowPrivate(),
                s.allowPlainHttp(),
                s.retention(),
                s.traces(),
                s.inbox());
    }

    /** The same with traces that go somewhere. */
    public static GatewaySettings with(GatewaySettings s, TraceSettings traces) {
        return new GatewaySettings(
                s.http(),
                s.admin(),
                s.store(),
                s.delivery(),
                s.conversations(),
                s.mediaMaxSize(),
                s.allowPrivate(),
                s.allowPlainHttp(),
                s.retention(),
                Optional.of(traces),
                s.inbox());
    }

    /** The same that erases by age. */
    public static GatewaySettings with(GatewaySettings s, RetentionPolicy retention) {
        return new GatewaySettings(
                s.http(),
                s.admin(),
                s.store(),
                s.delivery(),
                s.conversations(),
                s.mediaMaxSize(),
                s.allowPrivate(),
                s.allowPlainHttp(),
                retention,
                s.traces(),
                s.inbox());
    }

    /** The same with a topic that what is posted goes through. */
    public static GatewaySettings with(GatewaySettings s, InboxSettings inbox) {
        return new GatewaySettings(
                s.http(),
                s.admin(),
                s.store(),
                s.delivery(),
                s.conversations(),
                s.mediaMaxSize(),
                s.allowPrivate(),
                s.allowPlainHttp(),
                s.retention(),
                s.traces(),
                Optional.of(inbox));
    }

    /** The same with media in a bucket. */
    public static GatewaySettings with(GatewaySettings s, S3Settings s3) {
        StoreSettings store =
                new StoreSettings(s.store().url(), s.store().data(), s.store().key(), Optional.of(s3));
        return new GatewaySettings(
                s.http(),
                s.admin(),
                store,
                s.delivery(),
                s.conversations(),
                s.mediaMaxSize(),
                s.allowPrivate(),
                s.allowPlainHttp(),
                s.retention(),
                s.traces(),
                s.inbox());
    }

    /** The same with other patience. */
    public static GatewaySettings with(GatewaySettings s, DeliveryPolicy policy) {
        return new GatewaySettings(
                s.http(),
                s.admin(),
                s.store(),
                policy,
                s.conversations(),
                s.mediaMaxSize(),
                s.allowPrivate(),
                s.allowPlainHttp(),
                s.retention(),
                s.traces(),
                s.inbox());
    }

    /** The same for senders who are refused all the time. */
    public static GatewaySettings refusingWithoutEnd(GatewaySettings s) {
        PortLimits l = s.http().limits();
        PortLimits limits = new PortLimits(l.body(), 0, Integer.MAX_VALUE, l.bodies(), l.connections(), l.proxies());
        HttpSettings http =
                new HttpSettings(s.http().host(), s.http().port(), s.http().publicUrl(), limits);
        return with(s, http);
    }

    /** The same behind proxies that are trusted. */
    public static GatewaySettings behind(GatewaySettings s, List<Cidr> proxies) {
        PortLimits l = s.http().limits();
        PortLimits limits = new PortLimits(l.body(), l.rate(), l.refused(), l.bodies(), l.connections(), proxies);
        return with(
                s, new HttpSettings(s.http().host(), s.http().port(), s.http().publicUrl(), limits));
    }

    /** The same with the public port's limits as they are when nothing is configured. */
    public static GatewaySettings limitsAsShipped(GatewaySettings s) {
        HttpSettings http = new HttpSettings(
                s.http().host(),
                s.http().port(),
                s.http().publicUrl(),
                defaults().http().limits());
        return with(s, http);
    }

    /** The same with more tokens for the admin port. */
    public static GatewaySettings with(GatewaySettings s, List<AdminSettings.NamedToken> tokens) {
        AdminSettings a = s.admin();
        return with(
                s,
                new AdminSettings(
                        a.host(), a.port(), a.token(), tokens, a.sessionIdle(), a.readOnlyConfig(), a.oidc()));
    }

    /** The same with another admin port. */
    public static GatewaySettings with(GatewaySettings s, AdminSettings admin) {
        return new GatewaySettings(
                s.http(),
                admin,
                s.store(),
                s.delivery(),
                s.conversations(),
                s.mediaMaxSize(),
                s.allowPrivate(),
                s.allowPlainHttp(),
                s.retention(),
                s.traces(),
                s.inbox());
    }

    private static GatewaySettings of(Map<String, String> texts, Path home) {
        Map<String, Setting<?>> byName =
                GatewaySettings.ALL.stream().collect(Collectors.toMap(Setting::name, Function.identity()));
        Map<String, Object> values = byName.values().stream()
                .filter(setting -> texts.containsKey(setting.name()))
                .collect(Collectors.toMap(
                        Setting::name, setting -> setting.parser().apply(texts.get(setting.name()))));
        Problems none = new Problems();
        return GatewaySettings.of(
                new SettingValues(values, Set.of(), true),
                new TokenReader(new Placeholders(home, name -> null, none), none),
                Yaml.read("gateway", "{}", none).orElseThrow(),
                home);
    }

    /** The same with another public port. */
    public static GatewaySettings with(GatewaySettings s, HttpSettings http) {
        return new GatewaySettings(
                http,
                s.admin(),
                s.store(),
                s.delivery(),
                s.conversations(),
                s.mediaMaxSize(),
                s.allowPrivate(),
                s.allowPlainHttp(),
                s.retention(),
                s.traces(),
                s.inbox());
    }
}
