// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

/**
 * One answer for each type of part: a new type does not compile before everybody who shows, reads or decides about parts
 * has one.
 */
public interface PartVisitor<R> {
    R text(Part.Text text);

    R media(Part.Media media);

    R location(Part.Location location);

    R locationRequest(LocationRequest request);

    R contactCard(Part.ContactCard contact);

    R choices(Part.Choices choices);

    R choiceMade(Part.ChoiceMade made);

    R template(Part.Template template);

    R card(Card card);

    R carousel(Carousel carousel);

    R structured(Structured structured);

    R unsupported(Part.Unsupported unsupported);
}
