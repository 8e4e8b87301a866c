// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Transport;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The classes beside a connector that could show a secret: those with a text of their own (records, and whatever
 * declares {@code toString}) that are made of an account or a secret. Makes one of each.
 */
final class ConnectorClasses {
    private static final String SECRET_NAME = "(?i).*(password|token|secret|apikey|key|credentials?)";

    private ConnectorClasses() {}

    /** Those of a connector's package and of the packages below it, from the folder or jar that it came in. */
    static List<Class<?>> beside(Connector connector) {
        Class<?> type = connector.getClass();
        String folder = type.getPackageName().replace('.', '/');
        Path source = source(type);
        if (Files.isDirectory(source)) {
            return in(source, source.resolve(folder), type.getClassLoader());
        }
        try (FileSystem jar = FileSystems.newFileSystem(source)) {
            return in(jar.getPath("/"), jar.getPath("/", folder), type.getClassLoader());
        } catch (IOException e) {
            throw new NotApplicable("its classes cannot be listed");
        }
    }

    private static Path source(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException | RuntimeException e) {
            throw new NotApplicable("its classes come from no folder and no jar");
        }
    }

    private static List<Class<?>> in(Path root, Path folder, ClassLoader loader) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                    .<Class<?>>map(
                            name -> load(name.substring(0, name.length() - 6).replace('/', '.'), loader))
                    .toList();
        } catch (IOException e) {
            throw new NotApplicable("its classes cannot be listed");
        }
    }

    private static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name + " is beside the connector and cannot be loaded", e);
        }
    }

    /** What one of each says of itself, behind its name; nothing of those that no secret can come into. */
    static Stream<String> texts(List<Class<?>> classes, Account account, String secret) {
        return classes.stream()
                .filter(ConnectorClasses::speaks)
                .flatMap(type -> Arrays.stream(type.getDeclaredConstructors()))
                .filter(ConnectorClasses::takesASecret)
                .map(constructor ->
                        constructor.getDeclaringClass().getName() + ": " + made(constructor, account, secret));
    }

    private static boolean speaks(Class<?> type) {
        return type.isRecord()
                || Arrays.stream(type.getDeclaredMethods())
                        .anyMatch(method -> method.getName().equals("toString") && method.getParameterCount() == 0);
    }

    private static boolean takesASecret(Constructor<?> constructor) {
        return Arrays.stream(constructor.getParameters())
                .anyMatch(parameter -> parameter.getType() == Account.class || holdsASecret(parameter));
    }

    private static boolean holdsASecret(Parameter parameter) {
        Class<?> type = parameter.getType();
        return type == Secret.class
                || ((type == String.class || type == byte[].class)
                        && parameter.getName().matches(SECRET_NAME));
    }

    private static String made(Constructor<?> constructor, Account account, String secret) {
        Object[] arguments = Arrays.stream(constructor.getParameters())
                .map(parameter -> argument(parameter, account, secret))
                .toArray();
        try {
            constructor.setAccessible(true);
            return constructor.newInstance(arguments).toString();
        } catch (ReflectiveOperationException e) {
            throw new CheckFailed(
                    constructor + " cannot be made with sample arguments",
                    "a class that takes a secret and has a text of its own can be made, so that the text can be looked at");
        }
    }

    private static @Nullable Object argument(Parameter parameter, Account account, String secret) {
        Class<?> type = parameter.getType();
        if (type == Account.class) {
            return account;
        } else if (type == Secret.class) {
            return new Secret(secret);
        } else if (type == String.class) {
            return holdsASecret(parameter) ? secret : "word";
        } else if (type == byte[].class) {
            return secret.getBytes(StandardCharsets.UTF_8);
        } else if (type == URI.class) {
            return URI.create("http://127.0.0.1:9");
        } else if (type == Transport.class) {
            return new ContractTransport(Duration.ofSeconds(1), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        }
        return type.isPrimitive() ? zero(type) : empty(type);
    }

    private static Object zero(Class<?> type) {
        return type == boolean.class ? (Object) false : type == long.class ? (Object) 0L : (Object) 0;
    }

    private static @Nullable Object empty(Class<?> type) {
        return Map.<Class<?>, Object>of(
                        List.class,
                        List.of(),
                        Map.class,
                        Map.of(),
                        Set.class,
                        Set.of(),
                        Optional.class,
                        Optional.empty())
                .get(type);
    }
}
