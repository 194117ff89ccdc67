package org.parley.examples.shop;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

@Path("orders")
@RequestScoped
public class Orders {

    @Inject
    private Shop shop;

    @POST
    public String order(String item) {
        return shop.order(item) + "\n";
    }
}
