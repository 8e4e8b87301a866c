// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.config.AdminSettings.NamedToken;
import io.dragoman.model.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenReaderTest {
    private static final String ONE = "0123456789abcdef".repeat(4);
    private static final String TWO = "fedcba9876543210".repeat(4);

    private final Home home;

    TokenReaderTest(@TempDir Path folder) {
        home = new Home(folder).write("channels", "channels:\n");
    }

    private void admin(String tokens) {
        home.write("gateway", "http: {publicUrl: https://chat.example.com}\nadmin:\n  tokens:\n" + tokens);
    }

    @Test
    void tokensShouldBeReadByTheirHashes() {
        admin("    anna: {role: agent, hash: \"sha256:" + ONE + "\"}\n    ben@shop.example: {role: viewer, hash:"
                + " \"${env:BEN}\"}\n");
        home.variable("BEN", "sha256:" + TWO);
        assertThat(home.usable().gateway().admin().tokens())
                .containsExactly(
                        new NamedToken("anna", Role.AGENT, ONE), new NamedToken("ben@shop.example", Role.VIEWER, TWO));
        assertThat(GatewayFile.read(home.folder(), home.environment()::get)
                        .admin()
                        .tokens())
                .hasSize(2);
    }

    @Test
    void noTokensShouldBeNone() {
        admin("");
        assertThat(home.usable().gateway().admin().tokens()).isEmpty();
    }

    @Test
    void tokenWrittenOutInsteadOfItsHashShouldBeRefusedAndNotShown() {
        admin("    anna: {role: agent, hash: nobody-must-see-this}\n");
        assertThat(home.problems())
                .contains(
                        "config/gateway.yaml:4:31 admin.tokens.anna.hash must be sha256: and 64 digits of 0-9 and a-f,"
                                + " the hash of the token and not the token itself. ./dragoman token new prints it.")
                .noneMatch(problem -> problem.contains("nobody-must-see-this"));
    }

    @Test
    void whatIsWrongShouldHaveItsPlace() {
        admin("    anna: {role: boss, hash: \"sha256:" + ONE + "\"}\n    admin: {role: agent}\n    ben: {}\n"
                + "    \"a b\": {}\n    cleo: {role: viewer, hash: \"sha256:" + TWO + "\", expires: never}\n");
        assertThat(home.problems())
                .contains(
                        "config/gateway.yaml:4:18 admin.tokens.anna.role must be one of viewer, agent, operator.",
                        "config/gateway.yaml:5:5 admin.tokens.admin is the name of admin.token's owner. Take another"
                                + " name.",
                        "config/gateway.yaml:6:5 admin.tokens.ben.role is missing. Write one of viewer, agent,"
                                + " operator.",
                        "config/gateway.yaml:6:5 admin.tokens.ben.hash is missing. ./dragoman token new makes a token"
                                + " and prints these lines.",
                        "config/gateway.yaml:7:5 admin.tokens.a b must be a name of letters, digits and . _ @ -, at"
                                + " most 64.")
                .anyMatch(problem -> problem.contains("expires is not a known key"));
    }

    private void oidc(String issuer, String console, String roles) {
        home.write(
                        "gateway",
                        "http: {publicUrl: https://chat.example.com}\nadmin:\n  oidc: {issuer: \"" + issuer
                                + "\", clientId: c, clientSecret: \"${env:SECRET}\", consoleUrl: \"" + console + "\""
                                + roles
                                + "}\n")
                .variable("SECRET", "s3cret-word");
    }

    @Test
    void identityProviderShouldBeReadWithItsGroups() {
        oidc("https://id.example.com/", "https://console.example.com", ", roles: {agent: [a, b], operator: o}");
        AdminSettings.Oidc read = home.usable().gateway().admin().oidc();
        assertThat(read.issuer().toString()).isEqualTo("https://id.example.com");
        assertThat(read.roles()).isEqualTo(Map.of(Role.AGENT, List.of("a", "b"), Role.OPERATOR, List.of("o")));
        assertThat(read.roleClaim()).isEqualTo("roles");
        assertThat(read.toString()).doesNotContain("s3cret-word");
    }

    @Test
    void identityProviderThatNobodyCouldTrustOrUseShouldBeRefused() {
        oidc("http://id.example.com", "http://console.example.com", "");
        assertThat(home.problems())
                .anyMatch(problem -> problem.contains("admin.oidc has an issuer that is not https."))
                .anyMatch(
                        problem -> problem.startsWith("warning") && problem.contains("a consoleUrl that is not https"))
                .anyMatch(problem -> problem.contains("admin.oidc.roles is missing, so nobody would be let in."));
        oidc("http://127.0.0.1:9000", "http://localhost:8081", ", roles: {boss: [x], viewer: [y]}");
        assertThat(home.problems())
                .noneMatch(problem -> problem.contains("not https"))
                .anyMatch(problem -> problem.contains("admin.oidc.roles.boss is not a known key"));
        home.write("gateway", "admin: {oidc: {issuer: https://id.example.com, roles: {viewer: [y]}}}\n");
        assertThat(home.problems())
                .anyMatch(problem -> problem.contains("admin.oidc.clientId is missing"))
                .anyMatch(problem -> problem.contains("admin.oidc.clientSecret is missing"))
                .anyMatch(problem -> problem.contains("admin.oidc.consoleUrl is missing"));
    }

    @Test
    void oneTokenForTwoPeopleShouldBeRefused() {
        admin("    anna: {role: agent, hash: \"sha256:" + ONE + "\"}\n    ben: {role: viewer, hash: \"sha256:" + ONE
                + "\"}\n");
        assertThat(home.problems())
                .anyMatch(problem -> problem.contains(
                        "admin.tokens.ben has the same token as anna. Give each person one of their own."));
    }
}
