// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.explain.TerminalText;
import io.dragoman.model.Json;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import io.dragoman.simulator.YamlText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** One simulator alone, for trying out a configuration. */
@Command(
        footerHeading = "%nLines on the standard input:%n",
        footer = {
            "  write <customer> <text>",
            "  fail <how> [times]  the next calls of the gateway end so: throttled, busy,",
            "                      refused, expired, failed, silent, cut, odd",
            "  copies <times>      every webhook comes so many times",
            "  swap                the next webhook comes behind the one after it",
            "  close <customer>    they cannot be answered freely any more",
            "  quit"
        })
final class SimulateKind implements Callable<Integer> {
    /** With the word of a channel before it, as Twilio writes {@code whatsapp:+49…}. */
    private static final Pattern NUMBER = Pattern.compile("([a-z]{2,12}:)?\\+?[0-9]{3,20}");

    /** The id in the path of a callback: behind the gateway's own words, else the last part. */
    private static final Pattern ACCOUNT =
            Pattern.compile("(?:/(?:channels|desks)/|/(?=[^/]+/?$))(?<id>[a-z0-9][a-z0-9-]{0,63})(?=/|$)");

    private static final String LINES =
            "write <customer> <text>, fail <how> [times], copies <times>, swap, close <customer>, or quit";

    private final SimulatorFactory factory;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Simulate simulate;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Where it listens; any free port when left out.")
    private int port;

    @Option(names = "--callback", paramLabel = "URL", description = "Where its webhooks go.")
    private @Nullable URI callback;

    SimulateKind(SimulatorFactory factory) {
        this.factory = factory;
    }

    SimulatorFactory factory() {
        return factory;
    }

    /** The command of a simulator, with what it says of itself. */
    static CommandLine command(SimulatorFactory factory) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new SimulateKind(factory));
        spec.usageMessage().description(factory.description());
        for (SimulatorFactory.Option option : factory.options()) {
            spec.addOption(OptionSpec.builder("--" + option.name())
                    .paramLabel(option.label())
                    .type(String.class)
                    .defaultValue(option.fallback())
                    .description(option.description())
                    .build());
        }
        return new CommandLine(spec);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (factory.missing().isPresent()) {
            dragoman()
                    .err()
                    .println("simulate " + factory.kind() + ": "
                            + factory.missing().get());
            dragoman().err().flush();
            return Dragoman.WRONG;
        }
        try (Simulator simulator = factory.start(port, callback, options())) {
            boolean json = dragoman().json();
            simulator.listen(json ? line -> {} : this::say);
            simulator.receive(json ? this::say : event -> say(indented(event)));
            PrintWriter about = json ? dragoman().err() : dragoman().out();
            about.println("# put this into config/" + (factory.desk() ? "desks.yaml" : "channels.yaml"));
            about.println(factory.desk() ? "desks:" : "channels:");
            about.println(YamlText.account(id(), simulator.kind(), simulator.settings()));
            about.flush();
            if (!quits(simulator)) {
                new CountDownLatch(1).await(); // no more input: until Ctrl-C
            }
        }
        return Dragoman.OK;
    }

    private static String indented(String json) {
        try {
            return Json.tree(json.getBytes(StandardCharsets.UTF_8)).toPrettyString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> options() {
        Map<String, String> options = new HashMap<>();
        factory.options().forEach(option -> {
            String value = spec.findOption("--" + option.name()).getValue();
            options.put(option.name(), value);
        });
        return options;
    }

    /** Does what the lines of the input say; false when they end without a quit. */
    private boolean quits(Simulator simulator) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.strip().split("\\s+", 3);
            if (words[0].equals("quit")) {
                return true;
            } else if (!words[0].isEmpty()) {
                say(tried(simulator, words));
            }
        }
        return false;
    }

    /** What a simulator cannot do ends no process: what it was told until now would be gone. */
    private String tried(Simulator simulator, String[] words) {
        try {
            return words[0].equals("write") && words.length == 3
                    ? write(simulator, words[1], words[2])
                    : ProviderFaults.told(simulator, words).orElse(LINES);
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
            return "that failed: " + e.getMessage();
        } catch (RuntimeException e) {
            return "that failed, and the simulator of " + factory.kind() + " does not say why ("
                    + e.getClass().getSimpleName() + ")";
        }
    }

    private String write(Simulator simulator, String customer, String text) {
        URI target = callback == null ? factory.usualCallback().orElse(null) : callback;
        if (target == null) {
            return "start it with --callback, such as --callback http://localhost:8080/"
                    + (factory.desk() ? "desks/" : "channels/") + id();
        }
        if (factory.numbers() && !NUMBER.matcher(customer).matches()) {
            return "'" + TerminalText.cut(customer, 40) + "' is no telephone number: a customer of " + factory.kind()
                    + " is one, such as +4915550101. Nothing was sent";
        }
        int status = simulator.customerWrites(target, customer, text);
        return "the gateway answered "
                + (status == 0
                        ? "nothing" + simulator.why().map(why -> ": " + why).orElse(": does it run?")
                        : status);
    }

    /** That of the account which the callback names, so that what is printed works as it is. */
    private String id() {
        Matcher path = ACCOUNT.matcher(callback == null || callback.getPath() == null ? "" : callback.getPath());
        return path.find() ? path.group("id") : "simulated-" + factory.kind();
    }

    private void say(String line) {
        dragoman().out().println(line);
        dragoman().out().flush();
    }

    private Dragoman dragoman() {
        return simulate.dragoman();
    }
}
