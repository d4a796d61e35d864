package io.vyra.zenoh.session;

import java.util.ArrayList;
import java.util.List;

/** Deliveries to which items were added that nobody was woken for yet. One connection's reading thread uses it. */
final class PendingDeliveries {
    private final List<OrderedDelivery<?>> pending = new ArrayList<>();

    void add(OrderedDelivery<?> delivery) {
        // Mostly many items in a row are for the same one; twice in the list does no harm.
        if (pending.isEmpty() || pending.getLast() != delivery) {
            pending.add(delivery);
        }
    }

    void deliver() {
        if (!pending.isEmpty()) {
            pending.forEach(OrderedDelivery::deliver);
            pending.clear();
        }
    }
}
