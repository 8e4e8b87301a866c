// SPDX-License-Identifier: Apache-2.0
/** Lanes as the journey and the delivery see them: fair scheduling, leases, and what each account last achieved. */
@NullMarked
package io.dragoman.work;

import org.jspecify.annotations.NullMarked;
