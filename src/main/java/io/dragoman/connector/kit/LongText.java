// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.connector.Limits.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a text into pieces that fit, where a reader minds it least and never inside what they see as one character. */
final class LongText {
    private static final Pattern CLUSTER = Pattern.compile("\\X");
    /** What ends a sentence in scripts that put no space after it. */
    private static final String UNSPACED_ENDS = "。｡！？";
    /** What ends a sentence before a space, in the scripts that have a mark for it. */
    private static final String SENTENCE_ENDS = ".!?…։؟۔।።" + UNSPACED_ENDS;

    private final String text;
    private final int limit;
    private final Unit unit;
    /** Where one visible character ends and the next begins; the first is 0 and the last the text's length. */
    private final int[] edges;
    /** How long what ends at each edge is, where that is not known from its characters; else empty. */
    private final int[] weights;

    private LongText(String text, int limit, Unit unit) {
        this.text = text;
        this.limit = limit;
        this.unit = unit;
        int[] found = new int[text.length() + 1];
        this.weights = unit == Unit.WEIGHTED ? new int[text.length() + 1] : new int[0];
        this.edges = Arrays.copyOf(found, edges(found));
    }

    /** The text in pieces of at most {@code limit}; white space at a cut is dropped. Blank text has no piece. */
    static List<String> split(String text, int limit, Unit unit) {
        if (text.isBlank() || limit <= 0) {
            return List.of();
        }
        return count(text, unit) <= limit ? List.of(text) : new LongText(text, limit, unit).pieces();
    }

    /** How long the text is for a channel that counts so. */
    static int count(String text, Unit unit) {
        return switch (unit) {
            case UTF_16 -> text.length();
            case CHARACTERS -> text.codePointCount(0, text.length());
            case BYTES -> text.chars().map(one -> bytes((char) one)).sum();
            case SMS -> SmsText.units(text);
            case WEIGHTED -> WeightedText.count(text);
        };
    }

    /** In UTF-8; a pair of surrogates has four together. */
    private static int bytes(char one) {
        return one < 0x80 ? 1 : one < 0x800 || Character.isSurrogate(one) ? 2 : 3;
    }

    private List<String> pieces() {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        int last = edges.length - 1;
        while (from < last) {
            int reach = reach(from);
            int cut = reach == last ? last : kindestCut(from, reach);
            String piece = text.substring(edges[from], edges[back(from, cut)]);
            if (!piece.isEmpty()) {
                pieces.add(piece);
            }
            from = cut == last ? last : forth(cut);
        }
        return pieces;
    }

    /** The furthest edge that still fits; always one further than {@code from}, so that the work comes to an end. */
    private int reach(int from) {
        int units = 0;
        int septets = 0;
        boolean gsm = unit == Unit.SMS;
        for (int edge = from; edge < edges.length - 1; edge++) {
            units += unit == Unit.WEIGHTED ? weights[edge + 1] : 0;
            for (int i = edges[edge]; unit != Unit.WEIGHTED && i < edges[edge + 1]; i++) {
                char next = text.charAt(i);
                boolean second =
                        Character.isLowSurrogate(next) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
                units += unit == Unit.BYTES ? bytes(next) : unit == Unit.CHARACTERS && second ? 0 : 1;
                gsm &= SmsText.septets(next) > 0;
                septets += SmsText.septets(next);
            }
            if ((gsm ? septets : units) > limit) {
                return Math.max(edge, from + 1);
            }
        }
        return edges.length - 1;
    }

    /** The last end of a paragraph, else line, else sentence, else word that leaves a piece of some length. */
    private int kindestCut(int from, int reach) {
        int least = from + Math.max(2, (reach - from) / 2);
        int best = 0;
        int cut = reach;
        for (int edge = reach; edge >= least; edge--) {
            int kindness = kindness(edge);
            if (kindness > best) {
                best = kindness;
                cut = edge;
            }
        }
        return best > 0 ? cut : lastWord(from, reach);
    }

    /** 4 to 1 after a paragraph, line, sentence, word; 0 inside a word. */
    private int kindness(int edge) {
        if (isBreak(edge - 1) && isBreak(edge - 2)) {
            return 4;
        }
        if (isBreak(edge - 1) || isBreak(edge)) {
            return 3;
        }
        boolean gap = isSpace(edge - 1) || isSpace(edge);
        int before = edges[isSpace(edge - 1) ? edge - 1 : edge] - 1;
        if ((gap ? SENTENCE_ENDS : UNSPACED_ENDS).indexOf(text.charAt(before)) >= 0) {
            return 2;
        }
        return gap ? 1 : 0;
    }

    /** The end of the last word even when it leaves a short piece: better than a word torn apart. */
    private int lastWord(int from, int reach) {
        for (int edge = reach; edge > from + 1; edge--) {
            if (isSpace(edge - 1) && !isSpace(edge - 2)) {
                return edge;
            }
        }
        return reach;
    }

    private int back(int from, int cut) {
        int edge = cut;
        while (cut < edges.length - 1 && edge > from && isSpace(edge - 1)) {
            edge--;
        }
        return edge;
    }

    private int forth(int cut) {
        int edge = cut;
        while (edge < edges.length - 1 && isSpace(edge)) {
            edge++;
        }
        return edge;
    }

    private boolean isSpace(int cluster) {
        return cluster < edges.length - 1
                && text.substring(edges[cluster], edges[cluster + 1]).isBlank();
    }

    private boolean isBreak(int cluster) {
        return isSpace(cluster) && "\n\u2029".indexOf(text.charAt(edges[cluster + 1] - 1)) >= 0;
    }

    /** Finds the edges; returns how many there are. */
    private int edges(int[] found) {
        int count = 1;
        Matcher cluster = (unit == Unit.WEIGHTED ? WeightedText.PIECE : CLUSTER).matcher(text);
        while (cluster.find()) {
            // a heap of marks on one letter may be longer than a message: then only code points stay whole
            int start = cluster.start();
            int weight = weight(cluster);
            if (weight > limit) {
                while (start + Character.charCount(text.codePointAt(start)) < cluster.end()) {
                    start += Character.charCount(text.codePointAt(start));
                    weighed(count, 2);
                    found[count++] = start;
                }
                weight = 2;
            }
            weighed(count, weight);
            found[count++] = cluster.end();
        }
        return count;
    }

    private int weight(Matcher cluster) {
        return unit == Unit.WEIGHTED
                ? WeightedText.weight(cluster)
                : Math.max(SmsText.units(cluster.group()), count(cluster.group(), unit));
    }

    private void weighed(int edge, int weight) {
        if (unit == Unit.WEIGHTED) {
            weights[edge] = weight;
        }
    }
}
