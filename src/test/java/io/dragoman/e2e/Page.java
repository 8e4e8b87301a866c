// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The blocks of code of a page, by the headings that they stand under.
 *
 * @param blocks in order
 */
record Page(List<Block> blocks, List<Heading> all) {
    /** One block; {@code below} is empty where only the larger heading is above it. */
    record Block(String heading, String below, String language, String text) {}

    /** A heading below another. */
    record Heading(String heading, String below) {}

    static Page read(Path file) {
        List<Block> blocks = new ArrayList<>();
        List<Heading> headings = new ArrayList<>();
        String heading = "";
        String below = "";
        String language = null;
        StringBuilder text = new StringBuilder();
        for (String line : lines(file)) {
            if (language != null && line.equals("```")) {
                blocks.add(new Block(heading, below, language, text.toString()));
                language = null;
            } else if (language != null) {
                text.append(line).append('\n');
            } else if (line.startsWith("```")) {
                language = line.substring(3);
                text.setLength(0);
            } else if (line.startsWith("### ")) {
                below = line.substring(4);
                headings.add(new Heading(heading, below));
            } else if (line.startsWith("## ")) {
                heading = line.substring(3);
                below = "";
            }
        }
        return new Page(List.copyOf(blocks), List.copyOf(headings));
    }

    /** The smaller headings below a larger one. */
    List<String> headings(String heading) {
        return all.stream()
                .filter(one -> one.heading().equals(heading))
                .map(Heading::below)
                .toList();
    }

    List<String> blocks(String heading, String below, String language) {
        return blocks.stream()
                .filter(block ->
                        block.heading().equals(heading) && block.below().equals(below))
                .filter(block -> block.language().equals(language))
                .map(Block::text)
                .toList();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
