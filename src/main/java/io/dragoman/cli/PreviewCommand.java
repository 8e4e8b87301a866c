// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.explain.StoryText;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.app.preview.MessagePreview;
import io.dragoman.app.preview.MessagePreview.Step;
import io.dragoman.connector.Account;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.AgentMessage;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code preview}: how a message will look on a channel. */
@Command(
        name = "preview",
        description = {
            "Show how a message will look on a channel, and what of it is lost there.",
            "Sends nothing, and needs no running gateway."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman preview --channel sms \"Your order is ready ✔\"",
            "  ./dragoman preview --channel shop-whatsapp --message message.json   as the API takes an answer"
        })
final class PreviewCommand implements Callable<Integer> {
    private static final long LARGEST = 16 << 20;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Option(names = "--channel", required = true, paramLabel = "ID", description = "The channel that it would go to.")
    private String channel = "";

    @Option(
            names = "--to",
            paramLabel = "ADDRESS",
            description = "The customer's address, where a channel has conversations of different kinds.")
    private @Nullable String to;

    @Option(
            names = "--message",
            paramLabel = "FILE",
            description = "A JSON file with text or parts, as POST /api/v1/conversations/{id}/messages takes it.")
    private @Nullable Path message;

    @Parameters(index = "0", arity = "0..1", paramLabel = "TEXT", description = "What to say, instead of a file.")
    private @Nullable String text;

    @Override
    public Integer call() {
        Optional<NamedChannel> found = NamedChannel.find(dragoman, dragoman.load(), channel, "shown");
        if (found.isEmpty()) {
            return Dragoman.WRONG;
        }
        Account account = found.get().account();
        try {
            show(MessagePreview.of(
                    OfflineStore.configured(dragoman, account).orElseThrow(), parts(), Optional.ofNullable(to)));
            return Dragoman.OK;
        } catch (MalformedPayload | IOException e) {
            dragoman.err().println(e instanceof IOException ? message + " cannot be read." : e.getMessage());
            dragoman.err().flush();
            return Dragoman.WRONG;
        }
    }

    private List<Part> parts() throws MalformedPayload, IOException {
        if ((text == null) == (message == null)) {
            throw new MalformedPayload("TEXT or --message must be there, and not both.");
        }
        if (message == null) {
            return List.of(new Part.Text(String.valueOf(text)));
        }
        if (Files.size(message) > LARGEST) {
            throw new MalformedPayload(message + " is larger than " + (LARGEST >> 20) + " MB.");
        }
        return AgentMessage.parts(JsonFields.of(Files.readAllBytes(message)));
    }

    private void show(MessagePreview preview) {
        if (dragoman.json()) {
            dragoman.print(preview);
            return;
        }
        TerminalText lines = new TerminalText();
        List<Step> steps = preview.steps();
        lines.raw("On " + preview.channel() + " (" + preview.kind() + ") it is "
                + (steps.isEmpty()
                        ? "nothing: it would be refused."
                        : steps.size() == 1 ? "one message:" : steps.size() + " messages:"));
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            for (Part part : step.parts()) {
                lines.add(2, (part.equals(step.parts().get(0)) ? i + 1 + "  " : "   ") + StoryText.show(part));
            }
            if (step.shortMessages() != null) {
                lines.add(5, "short messages: " + step.shortMessages() + ", " + step.alphabet());
            }
        }
        preview.losses().forEach(loss -> lines.add(2, "lost: " + loss));
        if (preview.replyWindow() != null) {
            lines.add(
                    2,
                    "only within " + preview.replyWindow().toHours()
                            + " hours of the customer's last message; after that a template alone");
        }
        dragoman.out().print(lines);
        dragoman.out().flush();
    }
}
