"""The service in a process of its own, killed from outside at every bad moment: nothing lost, nothing said twice."""
