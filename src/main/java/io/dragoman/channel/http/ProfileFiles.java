// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.InvalidProfile;
import io.dragoman.connector.InvalidProfile.Fault;
import io.dragoman.connector.Profiled;
import io.dragoman.connector.Setting;
import io.dragoman.yaml.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where profiles are: an operator's own in {@code profiles/} below the home folder, before those that are shipped. */
final class ProfileFiles {
    private static final String ABOUT =
            "The provider's profile: one that is shipped, or the name of a file in profiles/.";
    private static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";
    private static final String ENDING = ".yaml";
    private static final String SHIPPED = "/profiles/";
    private static final int LARGEST = 256 * 1024;

    /** The setting, before it is known which profiles there are. */
    static final Setting<String> SETTING = Setting.text(Profiled.SETTING, ABOUT).need();

    private ProfileFiles() {}

    /** The setting of accounts that name this one. */
    static Setting<Profile> setting(Profile profile) {
        return new Setting<>(Profiled.SETTING, ABOUT, Setting.Type.TEXT, null, true, List.of(), name -> profile);
    }

    /** All names, in order. */
    static List<String> names(Path home) {
        Set<String> names = new TreeSet<>(shipped());
        Path own = home.resolve(Profiled.FOLDER);
        if (Files.isDirectory(own)) {
            try (Stream<Path> files = Files.list(own)) {
                files.map(ProfileFiles::name).filter(name -> name.matches(NAME)).forEach(names::add);
            } catch (IOException e) {
                return List.copyOf(names); // reading one says what is wrong
            }
        }
        return List.copyOf(names);
    }

    /** A file's name without its ending; empty for a file of another kind. */
    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : "";
    }

    /** The one of a name, which may be written with its ending. */
    static Profile find(String written, Path home) throws InvalidProfile {
        String name = written.endsWith(ENDING) ? written.substring(0, written.length() - ENDING.length()) : written;
        if (!name.matches(NAME)) {
            throw unknown(written, "no name of a profile: small letters, digits and hyphens", home);
        }
        Path own = home.resolve(Profiled.FOLDER).resolve(name + ENDING);
        if (Files.exists(own)) {
            return read(own, Profiled.FOLDER + "/" + name + ENDING);
        }
        if (!shipped().contains(name)) {
            throw unknown(written, "neither a shipped profile nor a file in profiles/", home);
        }
        try (InputStream in = ProfileFiles.class.getResourceAsStream(SHIPPED + name + ENDING)) {
            if (in == null) {
                throw new IllegalStateException("the shipped profile " + name + " is missing");
            }
            return ProfileReader.read(name, SHIPPED.substring(1) + name + ENDING, text(in, name));
        } catch (IOException e) {
            throw new IllegalStateException("the shipped profile " + name + " cannot be read", e);
        }
    }

    private static InvalidProfile unknown(String written, String what, Path home) {
        String shown = written.length() > 60 ? "what is written" : "'" + written + "'";
        return new InvalidProfile(List.of(new Fault(
                "",
                0,
                0,
                "",
                "is " + shown + ", which is " + what + ". " + Suggestion.sentence(written, names(home)))));
    }

    /** One in any file. */
    static Profile read(Path file) throws InvalidProfile {
        return read(file, file.toString());
    }

    private static Profile read(Path file, String label) throws InvalidProfile {
        try (InputStream in = Files.newInputStream(file)) {
            String name = name(file);
            return ProfileReader.read(name.isEmpty() ? label : name, label, text(in, label));
        } catch (IOException e) {
            throw new InvalidProfile(
                    List.of(new Fault(label, 0, 0, "", "cannot be read. Check that it is there and who may read it.")));
        }
    }

    private static String text(InputStream in, String label) throws IOException, InvalidProfile {
        byte[] bytes = in.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new InvalidProfile(List.of(new Fault(label, 0, 0, "", "is larger than 256 KB.")));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidProfile(List.of(new Fault(label, 0, 0, "", "is not UTF-8 text. Save it as UTF-8.")));
        }
    }

    /** The names of those that are shipped: a jar cannot be listed, so a file beside them does. */
    private static Set<String> shipped() {
        try (InputStream in = ProfileFiles.class.getResourceAsStream(SHIPPED + "names.txt")) {
            if (in == null) {
                throw new IllegalStateException("the list of shipped profiles is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new IllegalStateException("the list of shipped profiles cannot be read", e);
        }
    }
}
