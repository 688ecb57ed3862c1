"""What a ``thread.item.updated`` event makes of its item: the client applies it to what it shows,
we apply it to what is kept."""

from typing import Any

from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageContentPartAdded,
    AssistantMessageContentPartAnnotationAdded,
    AssistantMessageContentPartDone,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    GeneratedImageItem,
    GeneratedImageUpdated,
    SDKHiddenContextItem,
    ThreadItem,
    ThreadItemUpdate,
    WidgetComponentUpdated,
    WidgetItem,
    WidgetRootUpdated,
    WidgetStreamingTextValueDelta,
    WorkflowItem,
    WorkflowTaskAdded,
    WorkflowTaskUpdated,
)
from chatkit.widgets import DynamicWidgetRoot, WidgetComponentBase

from chatkit_django.clock import local_now

Node = dict[str, Any]

CUT_SHORT = "The response above was cut short by an error and is incomplete."


def apply_update(item: ThreadItem, update: ThreadItemUpdate) -> None:
    """Change the item in place. An update that does not fit it, or a part it does not have,
    changes nothing, as in the client."""
    match item:
        case AssistantMessageItem():
            _apply_to_message(item, update)
        case WorkflowItem():
            _apply_to_workflow(item, update)
        case WidgetItem():
            _apply_to_widget(item, update)
        case GeneratedImageItem() if isinstance(update, GeneratedImageUpdated):
            item.image = update.image
        case _:
            pass


def is_passing(update: ThreadItemUpdate) -> bool:
    """Whether others will follow that make this one a detail: a few more letters of a text, a
    preview of an image."""
    match update:
        case WidgetStreamingTextValueDelta(done=done):
            return not done
        case GeneratedImageUpdated(progress=progress):
            return progress is not None and progress < 1
        case WidgetRootUpdated() | WidgetComponentUpdated():
            return False
        case WorkflowTaskAdded() | WorkflowTaskUpdated() | AssistantMessageContentPartDone():
            return False
        case _:
            return True


def is_worth_keeping(item: ThreadItem) -> bool:
    """Whether an item that was not finished shows the user something."""
    match item:
        case AssistantMessageItem(content=parts):
            return any(part.text.strip() for part in parts)
        case WorkflowItem(workflow=workflow):
            return bool(workflow.tasks)
        case GeneratedImageItem(image=image):
            return image is not None
        case _:
            return isinstance(item, WidgetItem)


def cut_short(item_id: str, thread_id: str) -> SDKHiddenContextItem:
    """What tells the model that the item before is not all there is to it."""
    return SDKHiddenContextItem(
        id=item_id,
        thread_id=thread_id,
        created_at=local_now(),
        content=CUT_SHORT,
    )


def at_rest(item: ThreadItem) -> ThreadItem:
    """The item without signs of work going on: nobody works on it any more."""
    if not isinstance(item, WorkflowItem):
        return item
    stopped = item.model_copy(deep=True)
    for task in stopped.workflow.tasks:
        if task.status_indicator == "loading":
            task.status_indicator = "none"
    return stopped


def _apply_to_message(item: AssistantMessageItem, update: ThreadItemUpdate) -> None:
    if not isinstance(
        update,
        AssistantMessageContentPartAdded
        | AssistantMessageContentPartTextDelta
        | AssistantMessageContentPartAnnotationAdded
        | AssistantMessageContentPartDone,
    ):
        return
    place = update.content_index
    # An update may come before the part it belongs to.
    while len(item.content) <= place:
        item.content.append(AssistantMessageContent(text=""))
    match update:
        case AssistantMessageContentPartTextDelta():
            item.content[place].text += update.delta
        case AssistantMessageContentPartAnnotationAdded():
            item.content[place].annotations.insert(update.annotation_index, update.annotation)
        case _:
            item.content[place] = _copy_of(update.content)


def _copy_of(content: AssistantMessageContent) -> AssistantMessageContent:
    """A copy that shares nothing that can be changed. Most have no annotations."""
    if content.annotations:
        return content.model_copy(deep=True)
    return content.model_copy(update={"annotations": []})


def _apply_to_workflow(item: WorkflowItem, update: ThreadItemUpdate) -> None:
    tasks = item.workflow.tasks
    match update:
        case WorkflowTaskAdded():
            tasks.insert(update.task_index, update.task)
        case WorkflowTaskUpdated(task_index=place) if 0 <= place < len(tasks):
            tasks[place] = update.task
        case _:
            pass


def _apply_to_widget(item: WidgetItem, update: ThreadItemUpdate) -> None:
    match update:
        case WidgetRootUpdated():
            item.widget = update.widget
        case WidgetComponentUpdated():
            root = _raw(item.widget)
            for node in _named(root, update.component_id):
                node.clear()
                node.update(_raw(update.component))
            item.widget = DynamicWidgetRoot.model_validate(root)
        case WidgetStreamingTextValueDelta():
            root = _raw(item.widget)
            for node in _named(root, update.component_id):
                node["value"] = f"{node.get('value', '')}{update.delta}"
                node["streaming"] = not update.done
            item.widget = DynamicWidgetRoot.model_validate(root)
        case _:
            pass


def _raw(widget: WidgetComponentBase) -> Node:
    return widget.model_dump(by_alias=True, exclude_none=True)


def _named(node: object, name: str) -> list[Node]:
    """The components of this id in the tree, wherever it holds components."""
    if isinstance(node, list):
        return [found for part in node for found in _named(part, name)]
    if not isinstance(node, dict):
        return []
    if node.get("id") == name and "type" in node:
        return [node]
    return [found for part in node.values() for found in _named(part, name)]
