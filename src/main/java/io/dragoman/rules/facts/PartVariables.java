// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.facts;

import static io.dragoman.rules.text.QuotedText.orEmpty;

import dev.cel.common.types.SimpleType;
import io.dragoman.model.Part;
import io.dragoman.model.Structured;
import io.dragoman.model.Words;
import io.dragoman.rules.facts.VariableTable.Field;
import java.util.function.Function;

/**
 * What expressions see of a part.
 *
 * @param text what is searched of it, perhaps cut
 */
record PartVariables(Part part, String text) {
    static final VariableTable<PartVariables> TABLE = new VariableTable<>(
            new Field<>("type", SimpleType.STRING, seen -> seen.part().type()),
            new Field<>("text", SimpleType.STRING, PartVariables::text),
            of(Part.Media.class, "media", media -> Words.of(media.media())),
            of(Part.Media.class, "mimeType", Part.Media::mimeType),
            of(Part.Media.class, "fileName", media -> orEmpty(media.fileName())),
            new Field<>("size", SimpleType.INT, PartVariables::size),
            of(Part.ChoiceMade.class, "choice", Part.ChoiceMade::id),
            of(Part.ChoiceMade.class, "title", Part.ChoiceMade::title),
            of(Structured.class, "what", Structured::what));

    private static <P extends Part> Field<PartVariables> of(Class<P> type, String name, Function<P, String> value) {
        return new Field<>(
                name,
                SimpleType.STRING,
                seen -> type.isInstance(seen.part()) ? value.apply(type.cast(seen.part())) : "");
    }

    private static Object size(PartVariables seen) {
        Long size = seen.part() instanceof Part.Media media ? media.size() : null;
        return size == null ? 0L : size;
    }
}
