// SPDX-License-Identifier: Apache-2.0
package io.dragoman.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dragoman.Browser;
import io.dragoman.TestGateway;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The consoles of two tenants in one {@link Browser}, at one address; where that is missing it is skipped and says so. */
final class TenantConsoleBrowserTest {
    @Test
    @DisplayName(
            "two tenants' consoles in one browser: each wants its own token, and shows its own conversations alone")
    void noConsoleShouldShowWhatIsAnothers(@TempDir Path top) throws Exception {
        Optional<Browser> browser = Browser.find();
        assumeTrue(browser.isPresent(), "no chromium, playwright-core or axe-core");
        try (TenantFolders test =
                new TenantFolders(top, "").add("acme", "").add("bravo", "").start()) {
            new TenantContents(test, "acme", "acmewort").fill();
            new TenantContents(test, "bravo", "bravowort").fill();
            String theirs =
                    test.get("bravo", "conversations").at("/conversations/0/id").asText();
            List<String> arguments = List.of(
                    test.adminUrl("/t/acme/console/").toString(),
                    test.token("acme"),
                    test.adminUrl("/t/bravo/console/").toString(),
                    test.token("bravo"),
                    theirs);
            assertThat(browser.get().run("tenants.cjs", arguments, line -> turn(test, line)))
                    .as("what the visitor saw is above")
                    .isZero();
        }
    }

    private static void turn(TenantFolders test, String line) {
        if (line.equals("WRITE")) {
            for (String name : List.of("bravo", "acme")) { // the other's first: acme's console has heard of both then
                assertThat(test.written(name, "live", "+995555000333", name + "wort is news"))
                        .isEqualTo(200);
                TestGateway.await(
                        name,
                        () -> test.get(name, "conversations?contact=%2B995555000333")
                                        .path("conversations")
                                        .size()
                                == 1);
            }
        } else {
            System.out.println(line);
        }
    }
}
