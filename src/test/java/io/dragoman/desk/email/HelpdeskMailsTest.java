// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.DeskEvent.AgentReplied;
import io.dragoman.model.DeskEvent.ReferenceChanged;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import io.dragoman.model.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mails in the shape of each helpdesk's, and what becomes of them: {@code <product>-<what>.eml} and {@code .out.txt}. */
final class HelpdeskMailsTest {
    private static final Path CASES = Path.of("src/test/resources/io/dragoman/desk/email/cases");

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".eml"))
                    .map(name -> name.replace(".eml", ""))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void mailShouldBeReadAsTheCaseSays(String name) throws Exception {
        Account account = MailDeskAccount.with("product", product(name));
        String mail =
                Files.readString(CASES.resolve(name + ".eml")).replace("@@TO@@", MailDeskAccount.address(account));
        List<DeskEvent> events = MailDeskAccount.read(account, mail);
        assertThat(events)
                .filteredOn(event -> !(event instanceof ReferenceChanged))
                .singleElement()
                .extracting(HelpdeskMailsTest::shown)
                .isEqualTo(Files.readString(CASES.resolve(name + ".out.txt")).strip());
        assertThat(events)
                .as("what a later mail threads by, also of what is not passed on")
                .filteredOn(ReferenceChanged.class::isInstance)
                .singleElement()
                .satisfies(event -> {
                    ReferenceChanged learnt = (ReferenceChanged) event;
                    assertThat(learnt.conversation()).isEqualTo(MailDeskAccount.CONVERSATION);
                    assertThat(learnt.newReference()).isNull();
                    assertThat(MailThread.of(learnt.kept()).theirs()).isNotEmpty();
                });
    }

    @Test
    void everyProductShouldHaveCases() throws Exception {
        assertThat(cases().stream().map(HelpdeskMailsTest::product).distinct())
                .containsExactlyInAnyOrderElementsOf(Words.all(HelpdeskProduct.class));
    }

    private static String product(String name) {
        return Words.all(HelpdeskProduct.class).stream()
                .filter(word -> name.startsWith(word + "-"))
                .findFirst()
                .orElseThrow();
    }

    private static String shown(DeskEvent event) {
        if (event instanceof Ignored ignored) {
            return ignored.reason();
        }
        AgentReplied reply = (AgentReplied) event;
        assertThat(reply.conversation()).isEqualTo(MailDeskAccount.CONVERSATION);
        return "reply by " + reply.author() + "\n"
                + reply.parts().stream()
                        .map(part -> part instanceof Part.Text text
                                ? text.text()
                                : "[" + ((Part.Media) part).fileName() + " " + ((Part.Media) part).mimeType() + "]")
                        .collect(Collectors.joining("\n"));
    }
}
