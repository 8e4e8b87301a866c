// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tenant's configuration says and may say: nothing that is another's. */
final class TenantHomeTest {
    private final Path top;
    private final Home home;

    TenantHomeTest(@TempDir Path top) {
        this.top = top;
        new Home(top)
                .write(
                        "gateway",
                        "http: {port: 9000, host: 10.0.0.1, publicUrl: https://chat.example.com, trustedProxies: 10.0.0.2}\n"
                                + "admin: {port: 9001}\n");
        home = new Home(top.resolve("tenants/my-shop"))
                .write("gateway", "store: {folder: data}\n")
                .write("channels", "channels:\n  polly: {kind: parrot, token: \"${env:TOKEN}\"}\n")
                .variable("MY_SHOP__TOKEN", "own")
                .variable("TOKEN", "the process's")
                .variable("MY__SHOP__TOKEN", "another's");
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "a", "my-shop", "shop2", "a-1-b"})
    void namesShouldBeGood(String name) {
        assertThat(TenantHome.valid(name)).isTrue();
    }

    /** A hyphen is an underscore in the environment, and two of them part the name from the variable. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Acme",
                "2shop",
                "-a",
                "a-",
                "a--b",
                "a_b",
                "a.b",
                "..",
                "a/b",
                "ä",
                "a b",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void namesShouldBeRefused(String name) {
        assertThat(TenantHome.valid(name)).isFalse();
    }

    @Test
    @DisplayName(
            "ports and proxies are the installation's, the public address is below its, and all else is the tenant's")
    void portsShouldBeTheInstallations() {
        GatewaySettings settings = home.usable().gateway();
        assertThat(settings.http().port()).isEqualTo(9000);
        assertThat(settings.http().publicUrl()).hasToString("https://chat.example.com/t/my-shop");
        assertThat(settings.admin().port()).isEqualTo(9001);
        assertThat(settings.admin().base()).isEqualTo("/t/my-shop");
        assertThat(settings.store().data()).isEqualTo(home.folder().resolve("data"));
        assertThat(home.problems()).isEmpty();
        assertThat(GatewayFile.read(home.folder(), home.environment()::get))
                .isEqualTo(settings.with(
                        GatewayFile.read(home.folder(), home.environment()::get).conversations()));
        assertThat(home.usable().channels().get(0).callback())
                .hasToString("https://chat.example.com/t/my-shop/channels/polly");
        home.write("gateway", "http: {publicUrl: https://shop.example.com}\n");
        assertThat(home.usable().gateway().http().publicUrl()).hasToString("https://shop.example.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http: {port: 8080} | http.port is for all tenants",
                "http: {host: 0.0.0.0} | http.host is for all tenants",
                "http: {trustedProxies: 10.0.0.9} | http.trustedProxies is for all tenants",
                "http: {maxTenantRate: 9} | http.maxTenantRate is for all tenants",
                "admin: {host: 0.0.0.0} | admin.host is for all tenants",
                "admin: {port: 1} | admin.port is for all tenants",
                "store: {folder: ../acme/data} | store.folder leads out of the tenant's folder",
                "store: {folder: /var/lib/x} | store.folder leads out of the tenant's folder",
                "'store: {url: \"sqlite:../acme/data/dragoman.db\", folder: data}' | store.url leads out",
                "admin: {token: \"${env:ACME__TOKEN}\"} | MY_SHOP__ACME__TOKEN, which is not set",
                "admin: {token: \"${file:../../data/admin.token}\"} | which is outside of the tenant's folder",
                "admin: {token: \"${file:../acme/secrets/x}\"} | which is outside of the tenant's folder",
                "admin: {token: \"${file:secrets/../../../data/admin.token}\"} | which is outside of the tenant's folder",
                "admin: {token: \"${file:/run/secrets/x}\"} | which is outside of the tenant's folder",
                "admin: {token: \"${file:~/x}\"} | MISSING"
            })
    void whatIsOthersShouldBeRefused(String gateway, String wanted) {
        new Home(top.resolve("tenants/acme"))
                .file("secrets/x", "another tenant's")
                .file("data/admin.token", "secret");
        new Home(top).file("data/admin.token", "the installation's");
        home.variable("ACME__TOKEN", "another tenant's").write("gateway", gateway + "\n");
        String told = String.join("\n", home.problems());
        assertThat(told).contains(wanted.equals("MISSING") ? "file ~/x" : wanted);
        assertThat(home.load()).isInstanceOf(Loaded.Broken.class);
        assertThat(told).doesNotContain("another tenant's").doesNotContain("the installation's");
    }

    @Test
    @DisplayName(
            "of the environment it has only the variables with its name, and the file of a setting must be its own")
    void environmentShouldBeItsOwn() {
        assertThat(home.usable().channels().get(0).values().get("token").toString())
                .isEqualTo("***");
        assertThat(((io.dragoman.connector.Secret)
                                home.usable().channels().get(0).values().get("token"))
                        .value())
                .isEqualTo("own");
        home.environment().remove("MY_SHOP__TOKEN");
        assertThat(home.problems()).anyMatch(problem -> problem.contains("export MY_SHOP__TOKEN=…"));
        home.variable("MY_SHOP__TOKEN", "own");
        home.write("channels", "channels:\n  polly: {kind: parrot, token: x, tls: {ca: ../acme/ca.pem}}\n");
        assertThat(home.problems())
                .anyMatch(problem ->
                        problem.contains("channels.polly.tls.ca") && problem.contains("below the tenant's folder"));
    }

    @ParameterizedTest
    @CsvSource({"direct:send-fax, true", "file:../acme/routes, false", "direct:{{env:TOKEN}}, false", "exec:sh, false"})
    void answersShouldGoOnlyToOwnRoutes(String to, boolean good) {
        home.write("channels", "channels:\n  fax: {kind: route, to: \"" + to + "\"}\n");
        List<String> problems = Configuration.load(
                        home.folder(),
                        Connectors.installed(),
                        home.environment()::get,
                        new Secret("key"),
                        (files, channels, desks, found) -> List.of())
                .errors()
                .stream()
                .map(Object::toString)
                .toList();
        if (good) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).anyMatch(problem -> problem.contains("channels.fax.to must be direct:"));
        }
    }

    @Test
    @DisplayName("a folder is a tenant's only where it stands below tenants/ of a home")
    void placeShouldMakeTheTenant() throws Exception {
        assertThat(TenantHome.of(home.folder())).map(TenantHome::name).hasValue("my-shop");
        assertThat(TenantHome.of(top)).isEmpty();
        assertThat(TenantHome.above(top)).isTrue();
        assertThat(TenantHome.above(home.folder())).isFalse();
        Files.createDirectories(top.resolve("tenants/.hidden"));
        assertThat(TenantHome.names(top)).containsExactly("my-shop");
        Files.delete(top.resolve("config/gateway.yaml"));
        assertThat(TenantHome.of(home.folder())).isEmpty();
    }

    @Test
    @DisplayName("the installation's own file has the ports and nothing else")
    void sharedFileShouldHaveThePortsAlone() {
        assertThat(SharedSettings.read(top, name -> null).problems()).isEmpty();
        new Home(top)
                .write(
                        "gateway",
                        "http: {port: 9000, maxTenantRate: 7}\nstore: {folder: data}\nadmin: {host: 0.0.0.0}\n")
                .write("rules", "rules:\n");
        SharedSettings shared = SharedSettings.read(top, name -> null);
        assertThat(shared.maxTenantRate()).isEqualTo(7);
        assertThat(shared.problems().toString())
                .contains("store is not a known key")
                .contains("admin.token is missing")
                .contains("config/rules.yaml is not read: there are tenants here");
        assertThat(shared.errors()).hasSize(2);
    }
}
