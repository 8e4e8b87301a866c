// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.Preload;
import io.dragoman.app.answers.SitePages;
import io.dragoman.app.audit.Actor;
import io.dragoman.config.Configuration;
import io.dragoman.config.ConnectorJars;
import io.dragoman.config.Connectors;
import io.dragoman.config.Loaded;
import io.dragoman.config.RuleReader;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Secret;
import io.dragoman.model.Json;
import io.dragoman.rules.RuleBook;
import io.dragoman.rules.poll.Poll;
import io.dragoman.yaml.Suggestion;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ./dragoman}: one command a class; a new one is a line in {@link Subcommands}. */
@Command(
        name = "dragoman",
        description = {
            "The messaging gateway: every channel in, your helpdesk out, nothing lost.",
            "It is configured in config/*.yaml below the home folder."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman init /srv/chat             a home folder with a configuration to begin with",
            "  ./dragoman demo                       what does it do?",
            "  ./dragoman check                      is the configuration of this folder valid?",
            "  ./dragoman check --home /srv/chat     and that of another one?",
            "  ./dragoman connectors                 which kinds of channel and desk are there?"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:failure, or what was found differs from what was expected",
            "2:the configuration or the command line is wrong"
        })
public final class Dragoman implements Runnable {
    /** The option that names a tenant. */
    static final String TENANT = "--tenant";

    /** Success. */
    public static final int OK = 0;

    /** It failed, or what was found differs from what was expected. */
    public static final int FAILED = 1;

    /** The configuration or the command line is wrong. */
    public static final int WRONG = 2;

    /** For commands that only look: no account of theirs makes keys that anybody keeps. */
    private static final Secret NO_KEY = new Secret("only for looking");

    /** Makes rules out of their files. */
    private static final RuleReader<RuleBook> RULES = RuleBook::read;

    private final List<Connector> shipped;
    private final Function<String, @Nullable String> environment;

    private @Nullable List<Connector> all;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder with config/, routes/ and data/; else DRAGOMAN_HOME, else the current one.")
    private @Nullable Path home;

    @Option(
            names = TENANT,
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "Which tenant, where the home folder has several in tenants/; else DRAGOMAN_TENANT.")
    private @Nullable String tenant;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print JSON, for programs.")
    private boolean json;

    Dragoman(List<Connector> connectors, Function<String, @Nullable String> environment) {
        this.shipped = List.copyOf(connectors);
        this.environment = environment;
    }

    /** Runs a command and exits with its code. */
    public static void main(String[] arguments) {
        // What machines read must not depend on the language of the machine; people's language is their messages'.
        Locale.setDefault(Locale.ROOT);
        String format = System.getenv("DRAGOMAN_LOG_FORMAT");
        if (format != null && !format.equals("text") && !format.equals("json")) {
            writer(FileDescriptor.err).println("DRAGOMAN_LOG_FORMAT is '" + format + "' but must be text or json.");
            System.exit(WRONG);
        }
        if (List.of(arguments).contains("run")) {
            Preload.begin(); // before anything else: to make the command line takes a third of the start
        }
        int code = new Dragoman(Connectors.installed(), System::getenv)
                .commandLine(writer(FileDescriptor.out), writer(FileDescriptor.err), Subcommands.named(arguments))
                .execute(arguments);
        System.exit(code);
    }

    /** With every command. */
    CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return commandLine(out, err, Subcommands.ALL);
    }

    private CommandLine commandLine(PrintWriter out, PrintWriter err, List<Class<?>> commands) {
        CommandLine all = new HomeCommandLine(this);
        commands.forEach(all::addSubcommand);
        return configure(all, out, err);
    }

    /** Sets how a command line and its commands speak. */
    static CommandLine configure(CommandLine commandLine, PrintWriter out, PrintWriter err) {
        return commandLine
                .setOut(out)
                .setErr(err)
                .setAbbreviatedOptionsAllowed(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(CliErrors::usage)
                .setExecutionExceptionHandler(CliErrors::failure);
    }

    /** Without a command: says which there are. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
    }

    /**
     * The folder that everything is below, absolute: that of a tenant where there are tenants.
     *
     * @throws CommandLine.ParameterException where it is not said which
     */
    public Path home() {
        return TenantChoice.one(place(), spec);
    }

    /** The same, or the folder above the tenants where none is named: for what is everybody's. */
    Path place() {
        return TenantChoice.place(top(), namedTenant(), spec);
    }

    /** The folder of {@code --home}, whether or not there are tenants in it. */
    Path top() {
        return home(home);
    }

    /** The name in {@code --tenant}, or of the environment; null for none. */
    @Nullable
    String namedTenant() {
        String named = tenant == null ? environment.apply("DRAGOMAN_TENANT") : tenant;
        return named == null || named.isBlank() ? null : named;
    }

    /** The same command line for one tenant of this home. */
    Dragoman of(String name) {
        Dragoman other = new Dragoman(shipped, environment);
        other.spec = spec;
        other.home = top();
        other.tenant = name;
        other.json = json;
        return other;
    }

    /** The same, where {@code --home} names this folder, or none. */
    Path home(@Nullable Path folder) {
        if (folder != null) {
            return folder.toAbsolutePath().normalize();
        }
        String named = environment.apply("DRAGOMAN_HOME");
        return Path.of(named == null || named.isBlank() ? "" : named)
                .toAbsolutePath()
                .normalize();
    }

    /** The folder that {@code --home} names, or null: the demo makes one of its own then. */
    @Nullable
    Path namedHome() {
        return home == null ? null : home.toAbsolutePath().normalize();
    }

    public boolean json() {
        return json;
    }

    /**
     * Those of the program and those in {@code connectors/} of the home folder.
     *
     * @throws ConnectorJars.InvalidJar when a jar there is no good
     */
    public List<Connector> connectors() {
        if (all == null) {
            all = connectors(place());
        }
        return all;
    }

    /** Those of a home folder, likewise. */
    List<Connector> connectors(Path folder) {
        return ConnectorJars.added(shipped, ConnectorJars.in(folder));
    }

    /** The value of an environment variable, or null. */
    public Function<String, @Nullable String> environment() {
        return environment;
    }

    /** Where a command's product goes. */
    public PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Where a command's complaints go. */
    public PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Who uses this command line. */
    Actor actor() {
        return Actor.commandLine(System.getProperty("user.name", "unknown"));
    }

    /** Prints a record as JSON. */
    public void print(Object value) {
        out().println(Json.write(value));
        out().flush();
    }

    /** Says on the error stream what was wrong with a word of the command line, and what was likely meant. */
    void refuse(String sentence, String word, List<String> known) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(sentence + " " + Suggestion.sentence(word, known));
        err.flush();
    }

    /** Says on the error stream that it failed, and gives the exit code for that. */
    int failed(String sentence) {
        err().println(sentence);
        err().flush();
        return FAILED;
    }

    /** Reads the configuration for looking at it. */
    Loaded<RuleBook> load() {
        return Configuration.load(home(), connectors(), environment, NO_KEY, RULES);
    }

    /** Reads it for its rules: says on the error stream which secrets are not at hand, and goes on without. */
    Loaded<RuleBook> look() {
        Loaded<RuleBook> loaded = glance();
        if (loaded instanceof Loaded.Usable) {
            loaded.leftOpen().forEach(err()::println);
            err().flush();
        }
        return loaded;
    }

    /** The same, and says nothing. */
    Loaded<RuleBook> glance() {
        return Configuration.look(home(), connectors(), environment, NO_KEY, RULES);
    }

    /** Rules with the pages of site maps that a gateway fetched last; says which were never fetched. */
    RuleBook withPages(Configuration configuration, RuleBook rules) {
        Path data = configuration.gateway().store().data();
        new SitePages(data).missing(rules.faq()).forEach(map -> err().println("The pages of " + map
                + " were never fetched by a gateway of this home folder, so they answer nothing here."));
        err().flush();
        return SitePages.lastRead(data, rules);
    }

    /** The polls that are configured; none where the configuration cannot be used. */
    List<Poll> polls() {
        return glance() instanceof Loaded.Usable<RuleBook> usable
                ? usable.rules().polls()
                : List.of();
    }

    /** UTF-8 whatever the locale: names of channels and rules may be in any script. */
    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }
}
