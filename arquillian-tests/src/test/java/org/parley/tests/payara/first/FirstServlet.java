package org.parley.tests.payara.first;

import jakarta.annotation.Resource;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.TransactionManager;
import java.io.IOException;
import java.lang.reflect.Proxy;
import javax.transaction.xa.XAResource;

/**
 * Of the first application of its life, and of the first that enlists a resource, Payara Micro keeps the class loader: as
 * context of its log writer and of its recovery thread. Let it be this one.
 */
@WebServlet("/")
public class FirstServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Resource(lookup = "java:appserver/TransactionManager")
    private transient TransactionManager transactions;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            transactions.begin();
            transactions.getTransaction().enlistResource(resourceThatAgrees());
            transactions.commit();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static XAResource resourceThatAgrees() {
        return (XAResource) Proxy.newProxyInstance(
                FirstServlet.class.getClassLoader(), new Class<?>[] {XAResource.class}, (proxy, method, arguments) -> {
                    Class<?> answer = method.getReturnType();
                    return answer == int.class ? Integer.valueOf(0) : answer == boolean.class ? Boolean.FALSE : null;
                });
    }
}
