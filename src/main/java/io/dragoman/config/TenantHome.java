// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.http.server.SharedPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The home folder of a tenant: a home like any other, below {@code tenants/} of the installation's, whose ports it
 * shares. Its configuration sees no other tenant's: of the environment only what bears its name, of files only its own.
 *
 * @param top the installation's home folder
 */
public record TenantHome(Path top, String name) {
    /** The folder of a home that makes it one with tenants. */
    public static final String FOLDER = "tenants";

    /** What a name must be, in words. */
    public static final String FORM =
            "small letters and digits, a letter first, with single hyphens between, at most 40 in all";

    /** In an empty file of a tenant's folder: it is not to run. */
    public static final String STOPPED = "stopped";

    private static final Pattern NAME = Pattern.compile("(?=.{1,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** Between the tenant's name and that of a variable; no name of a tenant leads to it. */
    private static final String OF = "__";

    /** Whether a tenant can have this name. */
    public static boolean valid(String name) {
        return NAME.matcher(name).matches();
    }

    /** Whether a home folder is that of an installation with tenants. */
    public static boolean above(Path home) {
        return Files.isDirectory(home.resolve(FOLDER));
    }

    /** The tenant whose home folder this is; empty for the home of a gateway that stands alone. */
    public static Optional<TenantHome> of(Path home) {
        Path folder = home.toAbsolutePath().normalize();
        String name = String.valueOf(folder.getFileName());
        Path parent = folder.getParent();
        Path top = parent == null ? null : parent.getParent();
        return parent != null
                        && top != null
                        && parent.endsWith(FOLDER)
                        && valid(name)
                        && Files.exists(top.resolve(Sources.label("gateway")))
                ? Optional.of(new TenantHome(top, name))
                : Optional.empty();
    }

    /** The folders below {@code tenants/} that are not hidden, by their names, in order; good names and others. */
    public static List<String> folders(Path top) {
        try (Stream<Path> all = Files.list(top.resolve(FOLDER))) {
            return all.filter(Files::isDirectory)
                    .map(folder -> String.valueOf(folder.getFileName()))
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tenants of an installation. */
    public static List<String> names(Path top) {
        return folders(top).stream().filter(TenantHome::valid).toList();
    }

    public Path home() {
        return home(top, name);
    }

    /** The home folder of a tenant. */
    public static Path home(Path top, String name) {
        return top.resolve(FOLDER).resolve(name);
    }

    /** What stands before its paths at both ports. */
    public String prefix() {
        return SharedPort.prefix(name);
    }

    /** What the environment has for it: {@code WA_TOKEN} of the tenant {@code my-shop} is {@code MY_SHOP__WA_TOKEN}. */
    Function<String, @Nullable String> environment(Function<String, @Nullable String> all) {
        return variable -> all.apply(variable(variable));
    }

    /** What a variable of its configuration is called in the environment. */
    String variable(String written) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_') + OF + written;
    }

    /** Whether a file is among its own; where a link of theirs leads is up to who may make links. */
    boolean owns(Path file) {
        return home().resolve(file).normalize().startsWith(home());
    }
}
