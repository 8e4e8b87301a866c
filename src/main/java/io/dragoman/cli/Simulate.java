// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.demo.YamlText;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.desk.DeskSimulator;
import io.dragoman.simulator.mail.MailSimulator;
import io.dragoman.simulator.telegram.TelegramSimulator;
import io.dragoman.simulator.twilio.TwilioSimulator;
import io.dragoman.simulator.whatsapp.WhatsAppSimulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code simulate}: one provider alone, for trying out a configuration. */
@Command(
        name = "simulate",
        description = {
            "Stand in for a provider: prints the settings that lead to it and every call that it gets.",
            "Lines on the standard input: write <customer> <text>, and quit."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman simulate whatsapp --callback http://localhost:8080/channels/shop-whatsapp",
            "  ./dragoman simulate desk --port 9000 --callback http://localhost:8080/desks/helpdesk"
        })
final class Simulate implements Callable<Integer> {
    private static final Map<String, IntFunction<Simulator>> KINDS = new TreeMap<>(Map.of(
            "whatsapp", WhatsAppSimulator::new,
            "twilio", TwilioSimulator::new,
            "telegram", TelegramSimulator::new,
            "desk", DeskSimulator::new,
            "mail", port -> new MailSimulator(port, port == 0 ? 0 : port + 1)));

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Parameters(paramLabel = "KIND", description = "whatsapp, twilio, telegram, desk or mail.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String kind;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Where it listens; any free port when left out. Mail takes SMTP here and IMAP one above.")
    private int port;

    @Option(names = "--callback", paramLabel = "URL", description = "Where its webhooks go.")
    private @Nullable URI callback;

    @Override
    public Integer call() throws IOException, InterruptedException {
        IntFunction<Simulator> maker = KINDS.get(kind);
        if (maker == null) {
            dragoman.refuse("There is no simulator " + kind + ".", kind, List.copyOf(KINDS.keySet()));
            return Dragoman.WRONG;
        }
        try (Simulator simulator = maker.apply(port)) {
            simulator.listen(this::say);
            if (simulator instanceof TelegramSimulator telegram && callback != null) {
                telegram.webhook(callback);
            }
            boolean desk = kind.equals("desk");
            say("# put this into config/" + (desk ? "desks.yaml" : "channels.yaml"));
            say(desk ? "desks:" : "channels:");
            say(YamlText.account("simulated-" + kind, simulator.kind(), simulator.settings()));
            boolean quit = listen(simulator);
            if (!quit) {
                new CountDownLatch(1).await(); // no more input: until Ctrl-C
            }
        }
        return Dragoman.OK;
    }

    private boolean listen(Simulator simulator) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.strip().split("\\s+", 3);
            if (words[0].equals("quit")) {
                return true;
            } else if (words[0].equals("write") && words.length == 3) {
                say(write(simulator, words[1], words[2]));
            } else if (!words[0].isEmpty()) {
                say("write <customer> <text>, or quit");
            }
        }
        return false;
    }

    private String write(Simulator simulator, String customer, String text) {
        if (callback == null
                && !simulator.kind().equals("email")
                && !simulator.kind().equals("telegram")) {
            return "start it with --callback, such as --callback http://localhost:8080/channels/simulated-" + kind;
        }
        int status = simulator.customerWrites(callback == null ? TelegramSimulator.QUEUE : callback, customer, text);
        return "the gateway answered " + (status == 0 ? "nothing: does it run?" : status);
    }

    private void say(String line) {
        dragoman.out().println(line);
        dragoman.out().flush();
    }
}
