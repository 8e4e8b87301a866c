// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts in what stands elsewhere: {@code ${env:NAME}} and {@code ${file:/run/secrets/x}}, alone or inside a longer
 * text. {@code $${env:NAME}} stays as text, without its first dollar. What was put in is hidden from every problem.
 */
final class Placeholders {
    private static final Pattern REFERENCE = Pattern.compile("\\$?\\$\\{(env|file):([^}]*)(}?)");

    /** What somebody writes who knows another product: {@code ${NAME}}. */
    private static final Pattern FOREIGN = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)}");

    private static final int LARGEST_FILE = 64 * 1024;

    private final Path home;
    private final Function<String, @Nullable String> environment;
    private final Problems problems;
    private final boolean lenient;
    private final @Nullable TenantHome tenant;
    private final Set<Node> unset = Collections.newSetFromMap(new IdentityHashMap<>());

    Placeholders(Path home, Function<String, @Nullable String> environment, Problems problems) {
        this(home, environment, problems, Optional.empty());
    }

    /** @param tenant whose home it is: nothing is put in that is not this tenant's */
    Placeholders(
            Path home, Function<String, @Nullable String> environment, Problems problems, Optional<TenantHome> tenant) {
        this(home, environment, problems, tenant, false);
    }

    /**
     * @param tenant whose home it is: nothing is put in that is not this tenant's
     * @param lenient whether what is not there stays as it is written, with a warning, instead of being an error: for
     *     looking, never for running
     */
    Placeholders(
            Path home,
            Function<String, @Nullable String> environment,
            Problems problems,
            Optional<TenantHome> tenant,
            boolean lenient) {
        this.home = home;
        this.tenant = tenant.orElse(null);
        this.environment = tenant.map(it -> it.environment(environment)).orElse(environment);
        this.problems = problems;
        this.lenient = lenient;
    }

    /** Whether something that this text refers to is not there, and stayed as it is written. */
    boolean leftOpen(Node scalar) {
        return unset.contains(scalar);
    }

    /** Whether a text refers to anything. */
    static boolean in(String text) {
        return REFERENCE.matcher(text).results().anyMatch(found -> !found.group()
                .startsWith("$$"));
    }

    /** Whether a text is a reference and nothing else. */
    static boolean isOne(String text) {
        Matcher matcher = REFERENCE.matcher(text);
        return matcher.matches() && !text.startsWith("$$") && !matcher.group(3).isEmpty();
    }

    /** The text of a scalar with everything put in; nothing, and a problem, where that cannot be. */
    Optional<String> resolve(Node scalar) {
        Matcher matcher = REFERENCE.matcher(scalar.text());
        StringBuilder text = new StringBuilder();
        boolean good = true;
        while (matcher.find()) {
            Optional<String> value = matcher.group().startsWith("$$")
                    ? Optional.of(matcher.group().substring(1))
                    : value(
                            scalar,
                            matcher.group(1),
                            matcher.group(2).trim(),
                            !matcher.group(3).isEmpty());
            good &= value.isPresent();
            matcher.appendReplacement(text, Matcher.quoteReplacement(value.orElse("")));
        }
        matcher.appendTail(text);
        return good ? Optional.of(text.toString()) : Optional.empty();
    }

    /** The same for a whole tree, where what cannot be put in is left out; the problem says so. */
    Node resolveAll(Node tree) {
        return tree.resolve(scalar -> resolve(scalar).orElse(""));
    }

    /** A problem where a setting holds {@code ${NAME}}, which means nothing here. */
    boolean foreign(Node scalar) {
        Matcher matcher = FOREIGN.matcher(scalar.text());
        if (!matcher.find()) {
            return false;
        }
        problems.add(
                scalar,
                "has ${" + matcher.group(1) + "}, which means nothing here. Write \"${env:" + matcher.group(1)
                        + "}\" for the environment variable.");
        return true;
    }

    private Optional<String> value(Node at, String source, String name, boolean closed) {
        if (!closed || name.isEmpty()) {
            problems.add(
                    at,
                    "has ${" + source + ": without " + (closed ? "a name" : "its closing brace")
                            + ". Write \"${env:NAME}\" or \"${file:/run/secrets/name}\".");
            return Optional.empty();
        }
        Optional<String> value = source.equals("env") ? variable(at, name) : file(at, name);
        value.ifPresent(problems::hide);
        return value.or(() -> lenient ? open(at, source, name) : Optional.empty());
    }

    private Optional<String> open(Node at, String source, String name) {
        unset.add(at);
        return Optional.of("${" + source + ":" + name + "}");
    }

    /** What is not there. */
    private void absent(Node at, String what, String remedy) {
        if (lenient) {
            problems.warn(at, "takes " + what + ". " + Loaded.LEFT_OPEN);
        } else {
            problems.add(at, "takes " + what + ". " + remedy);
        }
    }

    private Optional<String> variable(Node at, String name) {
        String value = environment.apply(name);
        if (value == null || value.isBlank()) {
            String full = tenant == null ? name : tenant.variable(name);
            absent(
                    at,
                    "the environment variable " + name
                            + (tenant == null ? "" : ", which for this tenant is " + full)
                            + ", which is " + (value == null ? "not set" : "empty"),
                    "Set it before the start, for example: export " + full + "=…");
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private Optional<String> file(Node at, String name) {
        try {
            Path path = path(name);
            if (tenant != null && !tenant.owns(path)) {
                problems.add(
                        at,
                        "takes the file " + name + ", which is outside of the tenant's folder. Put it below "
                                + tenant.home() + ".");
                return Optional.empty();
            }
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                return refuse(at, name, "is no regular file"); // a pipe would be waited for
            }
            byte[] bytes;
            try (InputStream in = Files.newInputStream(path)) {
                bytes = in.readNBytes(LARGEST_FILE + 1);
            }
            if (bytes.length > LARGEST_FILE) {
                return refuse(at, name, "is larger than 64 KB");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .replaceFirst("[\\r\\n]+$", "");
            return text.isBlank() ? refuse(at, name, "is empty") : Optional.of(text);
        } catch (CharacterCodingException e) {
            return refuse(at, name, "is not UTF-8 text");
        } catch (IOException | InvalidPathException e) {
            boolean there = !(e instanceof java.nio.file.NoSuchFileException || e instanceof InvalidPathException);
            return refuse(at, name, there ? "cannot be read" : "does not exist");
        }
    }

    private Optional<String> refuse(Node at, String name, String why) {
        absent(
                at,
                "the file " + name + ", which " + why,
                "It must hold the value alone; a relative name starts at the home folder.");
        return Optional.empty();
    }

    private Path path(String name) {
        if (name.startsWith("~/")) {
            String user = environment.apply("HOME");
            return Path.of(user == null ? System.getProperty("user.home", "/") : user, name.substring(2));
        }
        return home.resolve(name);
    }
}
