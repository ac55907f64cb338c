import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Element;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Node;
import org.gephi.graph.api.Table;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.openide.util.Lookup;

/** Opens files as Gephi does, with its own choices, and tells what it then holds: one line a fact, by tabs. */
public class Gephi {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] files) throws Exception {
        for (String file : files) {
            ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
            projects.newProject();
            ImportController importing = Lookup.getDefault().lookup(ImportController.class);
            Container container = importing.importFile(new File(file));
            say("file", new File(file).getName());
            for (Iterator<Issue> issues = container.getReport().getIssues(1000); issues.hasNext(); ) {
                Issue issue = issues.next();
                say("issue", issue.getLevel().toString(), issue.getMessage());
            }
            importing.process(container, new DefaultProcessor(), projects.getCurrentWorkspace());
            GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel();
            for (Node node : model.getGraph().getNodes().toArray()) {
                say("node", (String) node.getId(), node.getLabel(), String.format("#%06X", node.getColor().getRGB() & 0xFFFFFF));
                tellValues(node, model.getNodeTable());
            }
            for (Edge edge : model.getGraph().getEdges().toArray()) {
                say("edge", (String) edge.getId(), (String) edge.getSource().getId(), (String) edge.getTarget().getId(), edge.getLabel());
                tellValues(edge, model.getEdgeTable());
            }
        }
        System.exit(0);
    }

    private static void tellValues(Element element, Table columns) {
        for (Column column : columns) {
            Object value = element.getAttribute(column);
            if (value != null) {
                say("value", column.getTitle(), value.toString());
            }
        }
    }

    private static void say(String... parts) {
        for (int i = 0; i < parts.length; i++) {
            parts[i] = String.valueOf(parts[i]).replaceAll("[\\t\\r\\n]+", " ");
        }
        OUT.println(String.join("\t", parts));
    }
}
