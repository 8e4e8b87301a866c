// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.dragoman.model.Hashes;
import io.dragoman.model.Role;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BearerTokensTest {
    private static final Principal ANNA = new Principal("anna", Role.AGENT);
    private static final Principal BEN = new Principal("ben", Role.VIEWER);

    private static BearerTokens.Entry entry(Principal identity, String token) {
        return new BearerTokens.Entry(identity, Hashes.sha256(token.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void tokenShouldBeItsOwnersAndNobodyElses() {
        BearerTokens tokens = new BearerTokens(List.of(entry(ANNA, "token-a"), entry(BEN, "token-b")));
        assertThat(tokens.find("token-a")).contains(ANNA);
        assertThat(tokens.find("token-b")).contains(BEN);
        for (String wrong :
                List.of("", "token", "token-", "token-aa", "TOKEN-A", "token-a\0", Hashes.sha256Hex("token-a"))) {
            assertThat(tokens.find(wrong)).as(wrong).isEmpty();
        }
        assertThat(new BearerTokens(List.of()).find("")).isEmpty();
    }

    /** How long a comparison takes must not say how much of a guess is right. */
    @Test
    void secretsShouldBeComparedInConstantTime() {
        for (Class<?> type : List.of(BearerTokens.class, Session.class)) {
            JavaClass compiled = new ClassFileImporter().importClass(type);
            List<String> calls = compiled.getMethods().stream()
                    .filter(method -> List.of("find", "hasCsrf").contains(method.getName()))
                    .flatMap(method -> method.getMethodCallsFromSelf().stream())
                    .map(JavaMethodCall::getName)
                    .toList();
            assertThat(calls)
                    .as(type.getName())
                    .contains("isEqual")
                    .doesNotContain("equals", "compareTo", "startsWith");
        }
    }

    @Test
    void textsShouldShowNoSecret() {
        Session session =
                new Session("key-of-it", ANNA, "csrf-of-it", java.time.Instant.EPOCH, java.time.Instant.EPOCH);
        assertThat(session.toString()).isEqualTo("Session[" + ANNA + "]");
        assertThat(entry(ANNA, "token-a").toString()).isEqualTo("Entry[" + ANNA + "]");
    }
}
